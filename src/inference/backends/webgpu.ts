import webgpuWasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.jspi.wasm?url';
import { EngineError } from '#inference/engine-error';
import type { ModelGraph, Session } from './backend.ts';
import { createTurns } from './in-turn.ts';
import { runOnnx } from './onnx-session.ts';

export { webgpuWasmUrl };

/** Bytes of ort-wasm-simd-threaded.jspi.wasm as unpacked; a test compares it with the package. */
export const WEBGPU_WASM_BYTES = 16_758_545;

/** What is asked of the browser's GPU object; the DOM library of TypeScript has no WebGPU in workers everywhere. */
type Gpu = { requestAdapter(): Promise<unknown> };

function gpuOf(scope: object): Gpu | null {
  if (!('navigator' in scope)) return null;
  const navigator: unknown = scope.navigator;
  if (typeof navigator !== 'object' || navigator === null || !('gpu' in navigator)) return null;
  const gpu: unknown = navigator.gpu;
  return isGpu(gpu) ? gpu : null;
}

const isGpu = (value: unknown): value is Gpu =>
  typeof value === 'object' &&
  value !== null &&
  'requestAdapter' in value &&
  typeof value.requestAdapter === 'function';

/** Throws EngineError 'webgpu-unavailable', before 17 MB are fetched. */
async function assertWebgpuAvailable(): Promise<void> {
  const gpu = gpuOf(globalThis);
  if (gpu === null) throw new EngineError('webgpu-unavailable', 'this browser has no WebGPU in workers');
  // The runtime waits for the graphics card in the middle of its WebAssembly: docs/decisions/0017.
  if (!('Suspending' in WebAssembly)) {
    throw new EngineError(
      'webgpu-unavailable',
      'this browser cannot pause WebAssembly (JSPI), which WebGPU needs here',
    );
  }
  const adapter = await gpu.requestAdapter();
  if (adapter === null) throw new EngineError('webgpu-unavailable', 'this device has no adapter for WebGPU');
}

/**
 * By choice only. Needs float32 weights: int8 came out wrong by 1e7 in the builds that were measured.
 * graph is asked for only where there is an adapter to run it on. onLost: the device went away between runs.
 */
export async function openWebgpu(
  graph: () => Promise<ModelGraph>,
  onLost: (error: EngineError) => void,
): Promise<Session> {
  await assertWebgpuAvailable();
  const [ort, model] = await Promise.all([import('onnxruntime-web/jspi'), graph()]);
  ort.env.wasm.wasmPaths = { wasm: new URL(webgpuWasmUrl, self.location.href).href };
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(model.bytes, { executionProviders: ['webgpu'] });
  let disposed = false;
  const device = await ort.env.webgpu.device;
  const watch = async (): Promise<void> => {
    const reason = await deviceLoss(device);
    if (!disposed) onLost(new EngineError('context-lost', `the graphics device was lost: ${reason}`));
  };
  void watch();
  const inTurn = createTurns();
  return {
    backend: 'webgpu',
    run: (input) => inTurn(() => runOnnx(ort, session, model, input)),
    dispose: () =>
      inTurn(async () => {
        disposed = true;
        await session.release();
      }),
  };
}

/** Resolves with the reason when the device is lost; never where the device cannot tell. */
function deviceLoss(device: unknown): Promise<string> {
  if (typeof device !== 'object' || device === null || !('lost' in device) || !(device.lost instanceof Promise)) {
    return new Promise(() => undefined);
  }
  return device.lost.then((info: unknown) =>
    typeof info === 'object' && info !== null && 'message' in info ? String(info.message) : 'no reason given',
  );
}
