import type * as Ort from 'onnxruntime-web';
import type { InferenceSession } from 'onnxruntime-web';
import fullUrl from 'onnxruntime-web/ort-wasm-simd-threaded.wasm?url';
import { trimmedBytes, trimmedUrl } from 'virtual:trimmed-runtime';
import type { WasmRuntime } from '#inference/answer';
import { EngineError } from '#inference/engine-error';
import { identityModel } from './identity.ts';
import { createTurns } from './in-turn.ts';
import { isTrap } from './wasm-reserve.ts';
import type { WasmStart } from './wasm-reserve.ts';

/** Bytes of ort-wasm-simd-threaded.wasm as unpacked, for true progress; a test compares it with the package. */
export const WASM_BYTES = 14_239_897;

/** Where each runtime lies, relative to this script, and its bytes as unpacked. A site without models has no trimmed one. */
export const wasmFiles: readonly { readonly runtime: WasmRuntime; readonly url: string; readonly bytes: number }[] = [
  { runtime: 'full', url: fullUrl, bytes: WASM_BYTES },
  ...(trimmedUrl === null ? [] : [{ runtime: 'trimmed' as const, url: trimmedUrl, bytes: trimmedBytes }]),
];

export const WASM_SETTINGS: InferenceSession.SessionOptions = { executionProviders: ['wasm'] };

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

const started = new Map<WasmStart, Promise<typeof Ort>>();
/** The opened runtime, where this device keeps it. */
let opened: Promise<WebAssembly.Module> | null = null;

/** module: of the opened runtime, on its way from this device. */
export function lendOpened(module: Promise<WebAssembly.Module>): void {
  opened = module;
  // How it ends is told where it is started.
  module.catch(() => undefined);
}

/** The glue sets out, ahead of a runtime that is sure to come. How it ends is told where that is started. */
export function fetchGlue(): void {
  import('onnxruntime-web/wasm').catch(() => undefined);
}

/**
 * Fetches, compiles (streaming) and starts a runtime, once. ONNX Runtime does not start again in a worker where it
 * failed to: what rejects here stays rejected, and a fresh worker is the way to try again.
 */
export function startWasm(runtime: WasmStart): Promise<typeof Ort> {
  const starting = started.get(runtime) ?? start(runtime, started.size);
  started.set(runtime, starting);
  return starting;
}

/** before: how many were started in this thread. */
async function start(runtime: WasmStart, before: number): Promise<typeof Ort> {
  assertWasmAllowed();
  // A module starts one runtime in its life: the second one gets a copy of the module, and there is no third.
  const glues = [() => import('onnxruntime-web/wasm'), () => import('onnxruntime-web/wasm?again')];
  const glue = glues[before];
  if (glue === undefined) throw new EngineError('internal', 'two runtimes were started here, and neither will do');
  const ort: typeof Ort = await glue();
  // Two threads are slower than one as soon as anything else runs on the device.
  ort.env.wasm.numThreads = 1;
  const create = async (): Promise<typeof Ort> => {
    const session = await ort.InferenceSession.create(identityModel(), WASM_SETTINGS);
    await session.release();
    return ort;
  };
  if (runtime === 'opened') {
    const module = await (opened ?? Promise.reject(new EngineError('internal', 'no opened runtime is kept here')));
    // The glue takes bytes alone; they are not looked at.
    ort.env.wasm.wasmBinary = new ArrayBuffer(0);
    return calling(runtime, () => instantiating(module, create));
  }
  const file = wasmFiles.find((one) => one.runtime === runtime);
  if (file === undefined) throw new EngineError('internal', `this build has no ${runtime} runtime`);
  // The object form: with a mere prefix the glue would be fetched a second time.
  ort.env.wasm.wasmPaths = { wasm: new URL(file.url, self.location.href).href };
  return calling(runtime, create);
}

/** Whatever is instantiated from bytes while that work goes on is this module, which is compiled already. */
async function instantiating<T>(module: WebAssembly.Module, work: () => Promise<T>): Promise<T> {
  const { instantiate } = WebAssembly;
  const instead = async (_: BufferSource, imports?: WebAssembly.Imports) => ({
    module,
    instance: await instantiate(module, imports),
  });
  WebAssembly.instantiate = instead as typeof instantiate;
  try {
    return await work();
  } finally {
    WebAssembly.instantiate = instantiate;
  }
}

const turns = { full: createTurns(), trimmed: createTurns(), opened: createTurns() };
const trapped = new Map<WasmStart, unknown>();

/**
 * One call into a runtime, when it is its turn. After a trap its memory is in no order and its locks may be held: it is
 * never called again, not to free anything either, and everything that is asked of it is answered with that trap.
 */
export function calling<T>(runtime: WasmStart, job: () => Promise<T>): Promise<T> {
  return turns[runtime](async () => {
    if (trapped.has(runtime)) throw trapped.get(runtime);
    try {
      return await job();
    } catch (error) {
      if (isTrap(error)) trapped.set(runtime, error);
      throw error;
    }
  });
}
