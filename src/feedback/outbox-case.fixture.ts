import type { Batch, BatchState, FeedbackFilter, Outbox, RestorableOutbox } from './outbox.ts';
import { OutboxError } from './outbox.ts';
import type { FeedbackLine } from './record.ts';

/**
 * One thing that every Outbox keeps to. Plain functions that throw, since one implementation lives in a browser, where no test
 * library is. open() gives the same records each time, as a later visit would.
 */
export type OutboxCase = { readonly situation: string; run(open: () => RestorableOutbox): Promise<void> };

/** Bytes as numbers, keys in order: equal texts mean equal values. */
function plain(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (part instanceof Uint8Array) return { bytes: [...part] };
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  });
}
export function same(got: unknown, wanted: unknown): void {
  if (plain(got) !== plain(wanted)) throw new Error(`got ${plain(got)}, wanted ${plain(wanted)}`);
}
export async function refused(promise: Promise<unknown>): Promise<string> {
  try {
    await promise;
  } catch (error) {
    if (error instanceof OutboxError) return error.code;
    throw error;
  }
  throw new Error('was not refused');
}

export const anything: FeedbackFilter = { label: null, verdict: null, model: null, state: null, source: null };
export const later = '2026-11-21T10:00:00.000Z';
export const toShin = { verdict: 'corrected', label: 'shin', time: later } as const;
export const counts = (kept: number, waiting: number, sent: number, refused: number) => ({
  kept,
  waiting,
  sent,
  refused,
});

export function batchOf(lines: readonly FeedbackLine[], name = 'a'): Batch {
  const members = lines.map(({ id, revision }) => ({ id, revision }));
  return { name: name.repeat(64), bytes: Uint8Array.of(1, 2, 3), gzip: false, date: '2026-11-21', members };
}
export const delivered: BatchState = { kind: 'delivered', at: 5 };

export async function sealed(outbox: Outbox, name = 'a'): Promise<Batch> {
  const batch = batchOf(await outbox.waiting(100), name);
  same(await outbox.seal(batch), true);
  return batch;
}
export const stateOf = async (outbox: Outbox, id: string) => (await outbox.heads([id]))[0]?.state;
