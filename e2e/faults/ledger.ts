import type { Told } from '../harness/faults-orders.ts';
import type { Promised } from './verdict.ts';

/** What the pages told, kept where no kill reaches it. */
export type Ledger = {
  readonly hear: (path: string, body: string) => boolean;
  readonly promised: ReadonlyMap<string, Promised>;
  /** How many words were heard so far. */
  readonly words: () => number;
  readonly counts: () => Extract<Told, { kind: 'counts' }> | null;
  /** The browser threw its database away just now. */
  readonly discard: () => void;
  readonly discards: () => number;
  /** Records that pages put back from their second copy. */
  readonly restored: () => number;
  /** Why a page gave up, if one did. */
  readonly broken: () => string | null;
};

export function openLedger(): Ledger {
  const promised = new Map<string, Promised>();
  let counts: Extract<Told, { kind: 'counts' }> | null = null;
  let broken: string | null = null;
  let restored = 0;
  let discards = 0;
  let words = 0;
  const note = (told: Told): void => {
    if (told.kind === 'broken') broken = told.why;
    else if (told.kind === 'counts') counts = told;
    else if (told.kind === 'restored') restored += told.records;
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
    },
    discards: () => discards,
    restored: () => restored,
    words: () => words,
    counts: () => counts,
    broken: () => broken,
  };
}
