/** Pure: which backend is tried when, and which of those that passed their self-test answers. */
import type { Backend, BackendReport } from './answer.ts';

/** What the device and the visit are like before anything is loaded. */
export type Situation = {
  /** `?backend=` or the person's choice. */
  readonly preference: Backend | null;
  /** The model's files lie in the cache, so nothing is won by answering before the large runtime is there. */
  readonly modelCached: boolean;
};

/** together: tried at once. inReserve: tried one after the other, only when none of the former passes. */
export type StartPlan = { readonly together: readonly Backend[]; readonly inReserve: readonly Backend[] };

/**
 * First visit: WebGL needs no .wasm and answers seconds earlier; WASM follows and takes over.
 * Later visits: WASM is there at once, so the graphics card is left alone unless WASM fails.
 * A preference is tried alone; what it leaves untried stands by, because an answer is better than none.
 * WebGPU is only ever tried by preference: its runtime has 17 MB.
 */
export function startPlan({ preference, modelCached }: Situation): StartPlan {
  if (preference !== null) {
    return { together: [preference], inReserve: (['wasm', 'webgl'] as const).filter((other) => other !== preference) };
  }
  return modelCached ? { together: ['wasm'], inReserve: ['webgl'] } : { together: ['webgl', 'wasm'], inReserve: [] };
}

/** WASM is bit-identical on every device, which is worth being this much slower than the fastest. */
const SLOWER_AND_STILL_PREFERRED = 1.2;

/**
 * Which of the backends that passed answers: the preferred one, else the fastest by its self-test, else null.
 * Reports in any other state than 'ready' or 'answering' do not count.
 */
export function chooseBackend(reports: readonly BackendReport[], preference: Backend | null): Backend | null {
  const able = reports.filter((report) => report.state === 'ready' || report.state === 'answering');
  if (able.some((report) => report.backend === preference)) return preference;
  const time = (report: BackendReport): number => report.selfTestMs ?? Infinity;
  const fastest = able.reduce<BackendReport | null>(
    (best, report) => (best === null || time(report) < time(best) ? report : best),
    null,
  );
  if (fastest === null) return null;
  const wasm = able.find((report) => report.backend === 'wasm');
  return wasm !== undefined && time(wasm) <= time(fastest) * SLOWER_AND_STILL_PREFERRED ? 'wasm' : fastest.backend;
}
