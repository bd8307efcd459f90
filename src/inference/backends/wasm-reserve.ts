/** Pure: a session on the trimmed runtime, with the full one in reserve. */
import type { WasmRuntime } from '#inference/answer';
import type { Session } from './backend.ts';
import { createTurns } from './in-turn.ts';

export type Reserve = {
  /** The runtime to begin with. */
  readonly first: WasmRuntime;
  readonly open: (runtime: WasmRuntime) => Promise<Session>;
  /** The trimmed runtime trapped: it lacked something that this device calls. */
  readonly onTrap: (error: unknown) => void;
};

/**
 * Whatever keeps the trimmed runtime from opening the model, the full one is asked instead, and its word is final. A trap
 * in a run is answered by the full one with the same input; every other failure is what it would be there as well.
 * Throws what open() throws of the runtime that was asked last.
 */
export async function openWithReserve({ first, open, onTrap }: Reserve): Promise<Session> {
  const inTurn = createTurns();
  let runtime = first;

  const openFull = (error: unknown): Promise<Session> => {
    if (isTrap(error)) onTrap(error);
    runtime = 'full';
    return open('full');
  };
  let session = await (first === 'full' ? open('full') : open('trimmed').catch(openFull));

  return {
    backend: 'wasm',
    runtime: () => runtime,
    run: (input) =>
      inTurn(async () => {
        try {
          return await session.run(input);
        } catch (error) {
          if (runtime === 'full' || !isTrap(error)) throw error;
          session = await openFull(error);
          return session.run(input);
        }
      }),
    dispose: () => inTurn(() => session.dispose()),
  };
}

/**
 * WebAssembly stopped: an instruction that is not there, or the runtime's own abort(). Where it happens while the
 * runtime starts, ONNX Runtime tells it in the text of an error of its own.
 */
export const isTrap = (error: unknown): boolean =>
  error instanceof Error && (error.name === 'RuntimeError' || /RuntimeError|unreachable/i.test(error.message));
