import type { ModelGraph, Session } from './backend.ts';
import { runOnnx } from './onnx-session.ts';
import { openWithReserve } from './wasm-reserve.ts';
import type { SmallRuntime, WasmStart } from './wasm-reserve.ts';
import { calling, startWasm, WASM_SETTINGS } from './wasm-runtimes.ts';

/**
 * Bit-identical on every device and on every runtime; runs the int8 file as well as float32.
 * first: the runtime to begin with; onTrap: it was a small one, and lacked something.
 */
export const openWasm = (
  graph: ModelGraph,
  first: WasmStart,
  onTrap: (runtime: SmallRuntime) => void,
): Promise<Session> => openWithReserve({ first, open: (runtime) => openOn(runtime, graph), onTrap });

async function openOn(runtime: WasmStart, graph: ModelGraph): Promise<Session> {
  const ort = await startWasm(runtime);
  // The opened one gives the session that it has, whatever bytes it is shown.
  const session = await calling(runtime, () => ort.InferenceSession.create(graph.bytes, WASM_SETTINGS));
  return {
    backend: 'wasm',
    run: (input) => calling(runtime, () => runOnnx(ort, session, graph, input)),
    // There it is the same one for all who open it, and nobody's to release.
    dispose: async () => (runtime === 'opened' ? undefined : calling(runtime, () => session.release())),
  };
}
