import { anything, batchOf, counts, delivered, later, same, sealed, stateOf, toShin } from './outbox-case.fixture.ts';
import type { OutboxCase } from './outbox-case.fixture.ts';
import type { Saved } from './outbox.ts';
import type { FeedbackLine } from './record.ts';
import { drawnRecord, idAt, uploadedRecord, withdrawalOf } from './record.fixture.ts';

const stamp = '11111111-2222-4333-8444-555555555555';
const none: Saved = { batches: [], lines: [], reached: new Map() };
const inBatch = (name: string, lines: readonly FeedbackLine[]): Saved['batches'][number] => ({
  batch: batchOf(lines, name),
  lines,
});
const revised = (n: number, revision: number) => drawnRecord(n, { revision, verdict: 'corrected', label: 'shin' });

/** How what a second copy held comes back into a store that was thrown away. */
export const restoreCases: readonly OutboxCase[] = [
  {
    situation: 'a new store has no stamp; it keeps the one that it is given, and deleting everything leaves it',
    async run(open) {
      const outbox = open();
      same(await outbox.stamp(), null);
      same(await outbox.restore(none, stamp), 0);
      same(await open().stamp(), stamp);
      await outbox.clear();
      same(await open().stamp(), stamp);
    },
  },
  {
    situation: 'what waited waits again, whole, and with its picture',
    async run(open) {
      const lines = [drawnRecord(1), uploadedRecord(2), revised(3, 2), withdrawalOf(idAt(4), 1, 5)];
      same(await open().restore({ ...none, lines }, stamp), 3);
      const outbox = open();
      same(await outbox.get(idAt(2)), uploadedRecord(2));
      same(await outbox.waiting(9), lines);
      same(await outbox.counts(), counts(3, 4, 0, 0));
      same((await outbox.ids({ ...anything, label: 'shin' }, 'newest')).length, 1);
      // It could not be known whether an earlier revision had left: it is taken back by a withdrawal.
      same((await outbox.withdraw(idAt(3), later))?.revision, 3);
      same(await outbox.withdraw(idAt(1), later), null);
    },
  },
  {
    situation: 'what was sealed comes back in its batch, and is not sealed again',
    async run(open) {
      const saved = { ...none, batches: [inBatch('b', [drawnRecord(2)]), inBatch('a', [drawnRecord(1)])] };
      same(await open().restore(saved, stamp), 2);
      const outbox = open();
      same(
        (await outbox.batches()).map(({ name, state }) => [name[0], state.kind]),
        [
          ['b', 'due'],
          ['a', 'due'],
        ],
      );
      same(await outbox.bytesOf('a'.repeat(64)), Uint8Array.of(1, 2, 3));
      same(await outbox.waiting(5), []);
      same(await stateOf(outbox, idAt(1)), 'sealed');
      await outbox.mark('a'.repeat(64), delivered);
      same(await outbox.counts(), counts(2, 1, 1, 0));
      same((await outbox.withdraw(idAt(1), later))?.revision, 1);
    },
  },
  {
    situation: 'a record that was changed after it was sealed waits in its later revision',
    async run(open) {
      const outbox = open();
      const batches = [inBatch('a', [drawnRecord(1), drawnRecord(2)]), inBatch('b', [withdrawalOf(idAt(2), 1, 5)])];
      same(await outbox.restore({ ...none, batches, lines: [revised(1, 1)] }, stamp), 1);
      same(await outbox.get(idAt(1)), revised(1, 1));
      same(await outbox.get(idAt(2)), null);
      same(await outbox.waiting(5), [revised(1, 1)]);
      for (const name of ['a', 'b']) await outbox.mark(name.repeat(64), delivered);
      same(await outbox.counts(), counts(1, 1, 0, 0));
    },
  },
  {
    situation: 'of what had reached a later revision only the batch comes back',
    async run(open) {
      const outbox = open();
      const batches = [inBatch('a', [drawnRecord(1), drawnRecord(2)])];
      same(await outbox.restore({ ...none, batches, reached: new Map([[idAt(1), 1]]) }, stamp), 1);
      same(await outbox.get(idAt(1)), null);
      same(await outbox.get(idAt(2)), drawnRecord(2));
      same((await outbox.batches()).length, 1);
      await outbox.mark('a'.repeat(64), delivered);
      same(await outbox.counts(), counts(1, 0, 1, 0));
    },
  },
  {
    situation: 'what is here as it was, or later, stays as it is',
    async run(open) {
      const outbox = open();
      await outbox.addAll([drawnRecord(1), drawnRecord(2), drawnRecord(3), drawnRecord(4)], 'waiting');
      const batch = await sealed(outbox);
      await outbox.mark(batch.name, delivered);
      await outbox.revise(idAt(2), toShin);
      await outbox.withdraw(idAt(3), later);
      await outbox.add(drawnRecord(5));
      const before = [await outbox.waiting(9), await outbox.batches(), await outbox.counts()];
      const lines = [drawnRecord(1), drawnRecord(2), drawnRecord(3), drawnRecord(5)];
      same(await outbox.restore({ ...none, batches: [inBatch('a', lines)], lines }, stamp), 0);
      same([await outbox.waiting(9), await outbox.batches(), await outbox.counts()], before);
      // A later one takes the place of what is here; a withdrawal, too.
      const newer = { ...none, lines: [revised(1, 1), withdrawalOf(idAt(4), 1, 5)] };
      same(await outbox.restore(newer, stamp), 1);
      same(await outbox.get(idAt(1)), revised(1, 1));
      same(await outbox.get(idAt(4)), null);
    },
  },
  {
    situation: 'each is said to be at the revision that it has here, also where it was taken back',
    async run(open) {
      const outbox = open();
      await outbox.addAll([drawnRecord(1), drawnRecord(2)], 'sent');
      await outbox.revise(idAt(1), toShin);
      await outbox.withdraw(idAt(2), later);
      const all = await outbox.revisions([idAt(1), idAt(2), idAt(3)]);
      same(
        [...all],
        [
          [idAt(1), 1],
          [idAt(2), 1],
        ],
      );
    },
  },
];
