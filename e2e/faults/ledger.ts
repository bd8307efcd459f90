import type { Told } from '../harness/faults-orders.ts';
import type { Promised } from './verdict.ts';

/** What the pages told, kept where no kill reaches it. */
export type Ledger = {
  readonly hear: (path: string, body: string) => boolean;
  readonly promised: ReadonlyMap<string, Promised>;
  /** How many words were heard so far. */
  readonly words: () => number;
  readonly counts: () => Extract<Told, { kind: 'counts' }> | null;
  /** The browser threw its database away just now: nobody can keep what was promised before. */
  readonly discard: () => void;
  /** What was promised before. */
  readonly discarded: ReadonlySet<string>;
  readonly discards: () => number;
  /** Why a page gave up, if one did. */
  readonly broken: () => string | null;
};

export function openLedger(): Ledger {
  const promised = new Map<string, Promised>();
  let counts: Extract<Told, { kind: 'counts' }> | null = null;
  let broken: string | null = null;
  const discarded = new Set<string>();
  let discards = 0;
  let words = 0;
  const note = (told: Told): void => {
    if (told.kind === 'broken') broken = told.why;
    else if (told.kind === 'counts') counts = told;
    else {
      const old = promised.get(told.id) ?? { revision: 0, withdrawn: 'no' };
      if (told.kind === 'kept') promised.set(told.id, { ...old, revision: Math.max(old.revision, told.revision) });
      else promised.set(told.id, { ...old, withdrawn: told.kind === 'withdrawn' ? 'done' : 'asked' });
    }
  };
  return {
    hear(path, body) {
      if (path !== '/told') return false;
      words += 1;
      note(JSON.parse(body) as Told);
      return true;
    },
    promised,
    discard() {
      discards += 1;
      for (const id of promised.keys()) discarded.add(id);
    },
    discarded,
    discards: () => discards,
    words: () => words,
    counts: () => counts,
    broken: () => broken,
  };
}
