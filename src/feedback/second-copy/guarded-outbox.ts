/**
 * An outbox with a second copy of what has not left yet. Every change is made to both before it is said to be made, in
 * this order: what is new is committed first and copied then, what is taken back leaves the copy first. So the copy never
 * holds what the person was not promised, or what they took back. docs/decisions/0015-second-copy.md.
 */
import type { Outbox, RestorableOutbox } from '../outbox.ts';
import { CopyKeeper, copyLimits } from './copy-keeper.ts';
import type { Alone } from './copy-keeper.ts';
import { deliveredText } from './journal-line.ts';
import type { JournalFiles } from './journal-files.ts';
import type { FeedbackRecord } from '../record.ts';

export type GuardParts = {
  readonly outbox: RestorableOutbox;
  readonly files: JournalFiles;
  /** Over all pages of this outbox. */
  readonly alone: Alone;
  /** A UUID. */
  readonly newStamp: () => string;
};

/** restored: records that were put back since the browser had thrown its database away. */
export type Guarded = { readonly outbox: Outbox; readonly restored: number };

/** Rejects with OutboxError where the outbox itself cannot be opened. Where only the copy fails, it goes on without. */
export async function guardedOutbox({ outbox, files, alone, newStamp }: GuardParts): Promise<Guarded> {
  const copy = new CopyKeeper(files, copyLimits);
  const restored = await alone(async (isAlone) => {
    if (isAlone) return copy.join(outbox, newStamp);
    copy.giveUp();
    return 0;
  });
  // Nobody waits for it but whoever writes: it stands before them in the queue of the lock.
  void alone(async (isAlone) => {
    if (isAlone) await copy.settle(outbox);
    else copy.giveUp();
    // The outbox fails: whoever asks it next is told.
  }).catch(() => copy.giveUp());
  /** The copy, while nobody else writes to it; null where that cannot be had. */
  const both = <T>(task: (copy: CopyKeeper | null) => Promise<T>): Promise<T> =>
    copy.works ? alone((isAlone) => task(isAlone ? copy : null)) : task(null);

  return {
    restored,
    outbox: {
      ...outbox,
      add: (record) =>
        both(async (copy) => {
          const fresh = await outbox.addAll([record], 'waiting');
          if (fresh > 0) await copy?.lines([record]);
        }),
      addAll: (records, state) =>
        both(async (copy) => {
          const added = await outbox.addAll(records, state);
          if (copy === null || added === 0) return added;
          const heads = new Map((await outbox.heads(records.map(({ id }) => id))).map((head) => [head.id, head]));
          const stands = ({ id, revision }: FeedbackRecord): boolean =>
            heads.get(id)?.state === state && heads.get(id)?.revision === revision;
          const standing = records.filter(stands);
          if (state === 'waiting') await copy.lines(standing);
          // Kept elsewhere from now on: what waited here of an earlier revision does not leave any more.
          else await copy.drop(standing.map(({ id }) => id));
          return added;
        }),
      revise: (id, change) =>
        both(async (copy) => {
          const record = await outbox.revise(id, change);
          await copy?.lines([record]);
          return record;
        }),
      withdraw: (id, time) =>
        both(async (copy) => {
          // Twice: what waits then is its withdrawal, and that stays.
          const isHere = (await outbox.heads([id])).length > 0;
          const putBack = isHere ? await copy?.drop([id]) : null;
          try {
            const line = await outbox.withdraw(id, time);
            if (line !== null) await copy?.lines([line]);
            return line;
          } catch (error) {
            await putBack?.();
            throw error;
          }
        }),
      seal: (batch) =>
        both(async (copy) => {
          const sealed = await outbox.seal(batch);
          if (sealed) await copy?.sealed(batch);
          return sealed;
        }),
      async bytesOf(name) {
        const bytes = await outbox.bytesOf(name);
        // Who asks for them sends them. A page that was killed may have sealed the batch and not have come to its copy.
        if (bytes !== null && !copy.holds(name)) {
          await both(async (copy) => {
            const head = (await outbox.batches()).find((one) => one.name === name);
            if (head?.state.kind === 'due' || head?.state.kind === 'parked') await copy?.sealed({ ...head, bytes });
          });
        }
        return bytes;
      },
      mark: (name, state) =>
        both(async (copy) => {
          await outbox.mark(name, state);
          if (state.kind === 'delivered' || state.kind === 'offered') await copy?.append(deliveredText(name));
        }),
      clear: () =>
        alone(async () => {
          await copy.empty(newStamp);
          await outbox.clear();
        }),
      close() {
        copy.close();
        outbox.close();
      },
    },
  };
}
