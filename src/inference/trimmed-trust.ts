import { readHistory } from '#model/history';
import { REFUSED_KEY } from '#model/keys';
import type { ModelStore } from '#model/store';
import type { SmallRuntime, WasmStart } from './backends/wasm-reserve.ts';

/** The trimmed runtime of this build: its SHA-256, and those of the model files that it was seen to run. */
export type Trimmed = { readonly sha256: string; readonly models: readonly string[] };
/** The one that has a model open in it: its SHA-256, and that of the model file. */
export type OpenedRuntime = { readonly sha256: string; readonly model: string };

/** Which of the WASM runtimes is for whom, on this device. */
export type TrimmedTrust = {
  /** Before it is known which model will answer: what the last good one ran on. */
  readonly likely: WasmStart;
  /** sha256: of the model file. */
  readonly runtimeFor: (sha256: string) => WasmStart;
  /** It trapped: a larger one from now on, in later visits too, until a build brings another small one. */
  readonly refuse: (runtime: SmallRuntime) => void;
};

/** opened: null where this device does not keep it. fullOnly: workers died before this one, and nobody knows of what. */
export async function trustTrimmed(
  store: ModelStore,
  trimmed: Trimmed,
  opened: OpenedRuntime | null,
  fullOnly: boolean,
): Promise<TrimmedTrust> {
  const runs = new Set(trimmed.models);
  const [before, { good }] = await Promise.all([refusedOf(store), readHistory(store)]);
  let refused = fullOnly || runs.size === 0 || before === trimmed.sha256;
  let openedRefused = opened === null || before === opened.sha256;
  const runtimeFor = (sha256: string): WasmStart => {
    if (refused) return 'full';
    if (!openedRefused && sha256 === opened?.model) return 'opened';
    return runs.has(sha256) ? 'trimmed' : 'full';
  };
  const [last] = good;
  const known = last?.keeps.find((hash) => runs.has(hash) || hash === opened?.model);
  return {
    likely: last === undefined && !refused ? 'trimmed' : runtimeFor(known ?? ''),
    runtimeFor,
    refuse(runtime) {
      openedRefused = true;
      if (runtime === 'trimmed') refused = true;
      const { sha256 } = runtime === 'opened' && opened !== null ? opened : trimmed;
      // A device that keeps nothing meets the trap again in its next visit, and is answered again.
      store.write(REFUSED_KEY, new TextEncoder().encode(sha256)).catch(() => undefined);
    },
  };
}

async function refusedOf(store: ModelStore): Promise<string | null> {
  const bytes = await store.read(REFUSED_KEY);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}
