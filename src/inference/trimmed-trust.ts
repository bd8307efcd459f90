import { readHistory } from '#model/history';
import type { ModelStore } from '#model/store';
import type { WasmRuntime } from './answer.ts';

/** The trimmed runtime of this build: its SHA-256, and those of the model files that it was seen to run. */
export type Trimmed = { readonly sha256: string; readonly models: readonly string[] };

/** Which of the two WASM runtimes is for whom, on this device. */
export type TrimmedTrust = {
  /** Before it is known which model will answer: what the last good one ran on. */
  readonly likely: WasmRuntime;
  /** sha256: of the model file. */
  readonly runtimeFor: (sha256: string) => WasmRuntime;
  /** It trapped: the full one from now on, in later visits too, until a build brings another trimmed one. */
  readonly refuse: () => void;
};

/** What is kept: the SHA-256 of the trimmed runtime that trapped on this device. */
const KEY = 'runtime/refused';

/** fullOnly: workers died before this one, and nobody knows of what. */
export async function trustTrimmed(store: ModelStore, trimmed: Trimmed, fullOnly: boolean): Promise<TrimmedTrust> {
  const runs = new Set(trimmed.models);
  let refused = fullOnly || runs.size === 0 || (await refusedOf(store)) === trimmed.sha256;
  const [last] = (await readHistory(store)).good;
  const isStranger = last !== undefined && !last.keeps.some((hash) => runs.has(hash));
  return {
    likely: refused || isStranger ? 'full' : 'trimmed',
    runtimeFor: (sha256) => (!refused && runs.has(sha256) ? 'trimmed' : 'full'),
    refuse() {
      refused = true;
      // A device that keeps nothing meets the trap again in its next visit, and is answered again.
      store.write(KEY, new TextEncoder().encode(trimmed.sha256)).catch(() => undefined);
    },
  };
}

async function refusedOf(store: ModelStore): Promise<string | null> {
  const bytes = await store.read(KEY);
  return bytes === null ? null : new TextDecoder().decode(bytes);
}
