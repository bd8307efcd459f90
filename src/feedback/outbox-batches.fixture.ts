import { batchOf, counts, delivered, later, refused, same, sealed, stateOf, toShin } from './outbox-case.fixture.ts';
import type { OutboxCase } from './outbox-case.fixture.ts';
import type { BatchState } from './outbox.ts';
import { drawnRecord, idAt } from './record.fixture.ts';

const parked: BatchState = { kind: 'parked', at: 5, status: 403, reason: 'no' };

/** How records leave: sealed, delivered, refused, taken back. */
export const batchCases: readonly OutboxCase[] = [
  {
    situation: 'what never left is withdrawn without a trace',
    async run(open) {
      const outbox = open();
      await outbox.add(drawnRecord(1));
      await outbox.withdraw(idAt(1), later);
      same(await outbox.get(idAt(1)), null);
      same(await outbox.waiting(5), []);
      same(await outbox.models(), []);
      same(await outbox.counts(), counts(0, 0, 0, 0));
      same(await outbox.addAll([drawnRecord(1)], 'waiting'), 1);
    },
  },
  {
    situation: 'what may have left is taken back by a withdrawal, which leaves as a record does',
    async run(open) {
      const outbox = open();
      await outbox.addAll([drawnRecord(1), drawnRecord(3)], 'waiting');
      await outbox.addAll([drawnRecord(2)], 'sent');
      const batch = await sealed(outbox);
      await outbox.withdraw(idAt(1), later);
      await outbox.withdraw(idAt(2), later);
      const lines = [idAt(1), idAt(2)].map((id) => ({ schema: 1, id, revision: 1, time: later, withdrawn: true }));
      same(await outbox.waiting(5), lines);
      same(await outbox.counts(), counts(1, 3, 0, 0));
      await outbox.mark(batch.name, delivered);
      same(await outbox.waiting(5), lines);
      same(await outbox.counts(), counts(1, 2, 1, 0));
      const second = await sealed(outbox, 'b');
      same(await outbox.waiting(5), []);
      same(await outbox.counts(), counts(1, 2, 1, 0));
      await outbox.mark(second.name, delivered);
      same(await outbox.counts(), counts(1, 0, 1, 0));
      same(await outbox.addAll([drawnRecord(1), drawnRecord(2)], 'waiting'), 0);
      same(await outbox.counts(), counts(1, 0, 1, 0));
    },
  },
  {
    situation: 'a batch is sealed once, and its members with it',
    async run(open) {
      const outbox = open();
      await outbox.addAll([drawnRecord(1), drawnRecord(2)], 'waiting');
      const batch = batchOf(await outbox.waiting(5));
      same(await outbox.seal(batch), true);
      same(await outbox.waiting(5), []);
      same(await outbox.seal(batch), false);
      same(await outbox.seal({ ...batch, name: 'b'.repeat(64) }), false);
      const { bytes, ...head } = batch;
      same(await open().batches(), [{ ...head, size: 3, state: { kind: 'due' } }]);
      same(await outbox.bytesOf(batch.name), bytes);
      same(await stateOf(outbox, idAt(1)), 'sealed');
      same(await outbox.counts(), counts(2, 2, 0, 0));
    },
  },
  {
    situation: 'a second batch of the same name is not sealed, whatever is in it',
    async run(open) {
      const outbox = open();
      await outbox.add(drawnRecord(1));
      const first = await sealed(outbox);
      await outbox.add(drawnRecord(2));
      same(await outbox.seal({ ...batchOf(await outbox.waiting(5)), bytes: Uint8Array.of(9) }), false);
      same(await stateOf(outbox, idAt(2)), 'waiting');
      same(await outbox.bytesOf(first.name), first.bytes);
    },
  },
  {
    situation: 'a batch whose members are not as they were read is not sealed, and nothing is',
    async run(open) {
      const outbox = open();
      await outbox.addAll([drawnRecord(1), drawnRecord(2), drawnRecord(3)], 'waiting');
      const read = await outbox.waiting(5);
      await outbox.revise(idAt(2), toShin);
      same(await outbox.seal(batchOf(read)), false);
      await outbox.withdraw(idAt(2), later);
      same(await outbox.seal(batchOf(read)), false);
      same(await outbox.seal(batchOf([drawnRecord(1), drawnRecord(1)])), false);
      same(await stateOf(outbox, idAt(1)), 'waiting');
      same(await outbox.batches(), []);
      same(await outbox.seal(batchOf(await outbox.waiting(5))), true);
    },
  },
  {
    situation: 'what is delivered is sent, but for what was changed since',
    async run(open) {
      const outbox = open();
      await outbox.addAll([drawnRecord(1), drawnRecord(2)], 'waiting');
      const first = await sealed(outbox);
      await outbox.revise(idAt(2), toShin);
      await outbox.mark(first.name, delivered);
      same(await stateOf(outbox, idAt(1)), 'sent');
      same(await stateOf(outbox, idAt(2)), 'waiting');
      same(await outbox.counts(), counts(2, 1, 1, 0));
      const second = await sealed(outbox, 'b');
      same(second.members, [{ id: idAt(2), revision: 1 }]);
      await outbox.mark(first.name, { kind: 'offered', at: 9 });
      same(await outbox.counts(), counts(2, 1, 1, 0));
      same(
        (await outbox.batches()).map(({ name, state }) => [name[0], state.kind]),
        [
          ['a', 'offered'],
          ['b', 'due'],
        ],
      );
    },
  },
  {
    situation: 'what is refused is said to be, and can be tried again',
    async run(open) {
      const outbox = open();
      await outbox.add(drawnRecord(1));
      const batch = await sealed(outbox);
      await outbox.mark(batch.name, parked);
      same(await outbox.counts(), counts(1, 0, 0, 1));
      same((await outbox.batches())[0]?.state, parked);
      same(await outbox.waiting(5), []);
      await outbox.mark(batch.name, { kind: 'due' });
      same(await outbox.counts(), counts(1, 1, 0, 0));
      await outbox.mark(batch.name, parked);
      await outbox.mark(batch.name, delivered);
      same(await outbox.counts(), counts(1, 0, 1, 0));
    },
  },
  {
    situation: 'a forgotten batch leaves its records, and what is due is not forgotten',
    async run(open) {
      const outbox = open();
      await outbox.add(drawnRecord(1));
      const batch = await sealed(outbox);
      same(await refused(outbox.forget(batch.name)), 'internal');
      await outbox.mark(batch.name, delivered);
      await outbox.forget(batch.name);
      same(await outbox.batches(), []);
      same(await outbox.bytesOf(batch.name), null);
      same(await outbox.counts(), counts(1, 0, 1, 0));
      same(await outbox.get(idAt(1)), drawnRecord(1));
    },
  },
  {
    situation: 'batches come in the order of sealing, whatever they are called',
    async run(open) {
      const outbox = open();
      const names = ['f', '0', 'c', '5'];
      for (const [i, name] of names.entries()) {
        await outbox.add(drawnRecord(i + 1));
        await sealed(outbox, name);
      }
      await outbox.mark('f'.repeat(64), delivered);
      same(
        (await open().batches()).map(({ name }) => name[0]),
        names,
      );
    },
  },
];
