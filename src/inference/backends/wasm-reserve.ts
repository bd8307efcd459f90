/** Pure: a session on a runtime that was made small, with larger ones in reserve. */
import type { ModelInput } from '#glyph/tensor';
import type { WasmRuntime } from '#inference/answer';
import type { ModelOutput, Session } from './backend.ts';
import { createTurns } from './in-turn.ts';

/** opened: the trimmed one with the served model open in it, as it comes from the build. */
export type WasmStart = WasmRuntime | 'opened';

export type Reserve = {
  /** The runtime to begin with. */
  readonly first: WasmStart;
  readonly open: (runtime: WasmStart) => Promise<Session>;
  /** A runtime that was made small trapped: it lacked something that this device calls. */
  readonly onTrap: (runtime: SmallRuntime) => void;
};

export type SmallRuntime = Exclude<WasmStart, 'full'>;
const larger = { opened: 'trimmed', trimmed: 'full' } as const satisfies Record<SmallRuntime, WasmStart>;

/**
 * Whatever keeps a small runtime from opening the model, the next larger one is asked instead, and the full one's word is
 * final. A trap in a run is answered by the next larger one with the same input; every other failure is what it would be
 * there as well. Throws what open() throws of the runtime that was asked last.
 */
export async function openWithReserve({ first, open, onTrap }: Reserve): Promise<Session> {
  const inTurn = createTurns();
  let runtime = first;

  const openLarger = (small: SmallRuntime, error: unknown): Promise<Session> => {
    if (isTrap(error)) onTrap(small);
    return openFrom(larger[small]);
  };
  const openFrom = (one: WasmStart): Promise<Session> => {
    runtime = one;
    return one === 'full' ? open(one) : open(one).catch((error: unknown) => openLarger(one, error));
  };
  let session = await openFrom(first);

  const runHere = async (input: ModelInput): Promise<ModelOutput> => {
    const at = runtime;
    try {
      return await session.run(input);
    } catch (error) {
      if (at === 'full' || !isTrap(error)) throw error;
      session = await openLarger(at, error);
      return runHere(input);
    }
  };

  return {
    backend: 'wasm',
    runtime: () => (runtime === 'full' ? 'full' : 'trimmed'),
    run: (input) => inTurn(() => runHere(input)),
    dispose: () => inTurn(() => session.dispose()),
  };
}

/**
 * WebAssembly stopped: an instruction that is not there, or the runtime's own abort(). Where it happens while the
 * runtime starts, ONNX Runtime tells it in the text of an error of its own.
 */
export const isTrap = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'RuntimeError' || /RuntimeError|unreachable/i.test(error.message));
