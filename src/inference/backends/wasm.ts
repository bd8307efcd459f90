import type { WasmRuntime } from '#inference/answer';
import type { ModelGraph, Session } from './backend.ts';
import { runOnnx } from './onnx-session.ts';
import { openWithReserve } from './wasm-reserve.ts';
import { calling, startWasm, WASM_SETTINGS } from './wasm-runtimes.ts';

/**
 * Bit-identical on every device and on either runtime; runs the int8 file as well as float32.
 * first: the runtime to begin with; onTrap: it was the trimmed one, and lacked something.
 */
export const openWasm = (graph: ModelGraph, first: WasmRuntime, onTrap: (error: unknown) => void): Promise<Session> =>
  openWithReserve({ first, open: (runtime) => openOn(runtime, graph), onTrap });

async function openOn(runtime: WasmRuntime, graph: ModelGraph): Promise<Session> {
  const ort = await startWasm(runtime);
  const session = await calling(runtime, () => ort.InferenceSession.create(graph.bytes, WASM_SETTINGS));
  return {
    backend: 'wasm',
    run: (input) => calling(runtime, () => runOnnx(ort, session, graph, input)),
    dispose: () => calling(runtime, () => session.release()),
  };
}
