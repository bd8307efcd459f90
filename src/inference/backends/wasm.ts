import type * as Ort from 'onnxruntime-web';
import type { InferenceSession } from 'onnxruntime-web';
import wasmUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { EngineError } from '#inference/engine-error';
import type { ModelGraph, Session } from './backend.ts';
import { identityModel } from './identity.ts';
import { createTurns } from './in-turn.ts';
import { runOnnx } from './onnx-session.ts';

export { wasmUrl };

/** Bytes of ort-wasm-simd-threaded.wasm as unpacked, for true progress; a test compares it with the package. */
export const WASM_BYTES = 14_239_897;

const SETTINGS: InferenceSession.SessionOptions = { executionProviders: ['wasm'] };

/** The eight bytes of an empty WebAssembly module. */
const EMPTY_MODULE = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);

/** Throws EngineError 'wasm-blocked' where WebAssembly is missing, or forbidden by a policy: before 14 MB are fetched. */
function assertWasmAllowed(): void {
  try {
    void new WebAssembly.Module(EMPTY_MODULE);
  } catch (error) {
    throw new EngineError('wasm-blocked', error instanceof Error ? error.message : 'no WebAssembly', { cause: error });
  }
}

let runtime: Promise<typeof Ort> | null = null;

/**
 * Fetches, compiles (streaming) and starts the runtime, once. ONNX Runtime does not start again in a worker where it
 * failed to: what rejects here stays rejected, and a fresh worker is the way to try again.
 */
export function startWasm(): Promise<typeof Ort> {
  return (runtime ??= start());
}

async function start(): Promise<typeof Ort> {
  assertWasmAllowed();
  const ort = await import('onnxruntime-web/wasm');
  // The object form: with a mere prefix the glue would be fetched a second time.
  ort.env.wasm.wasmPaths = { wasm: new URL(wasmUrl, self.location.href).href };
  // Two threads are slower than one as soon as anything else runs on the device.
  ort.env.wasm.numThreads = 1;
  const session = await ort.InferenceSession.create(identityModel(), SETTINGS);
  await session.release();
  return ort;
}

/** Bit-identical on every device; runs the int8 file as well as float32. */
export async function openWasm(graph: ModelGraph): Promise<Session> {
  const ort = await startWasm();
  const session = await ort.InferenceSession.create(graph.bytes, SETTINGS);
  const inTurn = createTurns();
  return {
    backend: 'wasm',
    run: (input) => inTurn(() => runOnnx(ort, session, graph, input)),
    dispose: () => inTurn(() => session.release()),
  };
}
