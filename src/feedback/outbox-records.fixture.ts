import { anything, batchOf, counts, delivered, later, refused, same, sealed, toShin } from './outbox-case.fixture.ts';
import type { OutboxCase } from './outbox-case.fixture.ts';
import type { FeedbackFilter } from './outbox.ts';
import { drawnRecord, idAt, uploadedRecord } from './record.fixture.ts';

/** How records are kept, changed and found. */
export const recordCases: readonly OutboxCase[] = [
  {
    situation: 'nothing was saved',
    async run(open) {
      const outbox = open();
      same(await outbox.counts(), counts(0, 0, 0, 0));
      same(await outbox.ids(anything, 'newest'), []);
      same(await outbox.models(), []);
      same(await outbox.waiting(5), []);
      same(await outbox.batches(), []);
      same(await outbox.get(idAt(1)), null);
      same(await outbox.heads([idAt(1)]), []);
      same(await outbox.bytesOf('a'), null);
      await outbox.withdraw(idAt(1), later);
      await outbox.mark('a', delivered);
      await outbox.forget('a');
      same(await refused(outbox.revise(idAt(1), toShin)), 'not-found');
      same(await outbox.counts(), counts(0, 0, 0, 0));
    },
  },
  {
    situation: 'what was saved is there for a later visit, to the last byte, and waits',
    async run(open) {
      const [drawn, uploaded] = [drawnRecord(1), uploadedRecord(2)];
      const nothingSeen = uploadedRecord(3, { seen: null, picture: null, verdict: 'unreadable', label: null });
      for (const record of [uploaded, drawn, nothingSeen]) await open().add(record);
      const outbox = open();
      same(await outbox.get(drawn.id), drawn);
      same(await outbox.get(uploaded.id), uploaded);
      same(await outbox.get(nothingSeen.id), nothingSeen);
      same(await outbox.waiting(100), [drawn, uploaded, nothingSeen]);
      same(await outbox.waiting(2), [drawn, uploaded]);
      same(await outbox.counts(), counts(3, 3, 0, 0));
    },
  },
  {
    situation: 'a head shows a record without ink and picture',
    async run(open) {
      const outbox = open();
      const [drawn, uploaded] = [drawnRecord(1), uploadedRecord(2)];
      same(await outbox.addAll([drawn, uploaded], 'waiting'), 2);
      const { id, revision, time, source, seen, verdict, label } = uploaded;
      const head = { id, revision, time, source, seen, verdict, label };
      same(await outbox.heads([idAt(7), uploaded.id, drawn.id]), [
        { ...head, state: 'waiting', predicted: null, certainty: 0.4, model: 'hebrew-letters@0.2.0' },
        ...(await outbox.heads([drawn.id])),
      ]);
      same((await outbox.heads([drawn.id]))[0]?.predicted, 'alef');
    },
  },
  {
    situation: 'the same record twice is one record',
    async run(open) {
      const outbox = open();
      await outbox.add(drawnRecord(1));
      await outbox.add(drawnRecord(1, { label: 'bet' }));
      same(await outbox.addAll([drawnRecord(1), drawnRecord(2), drawnRecord(2)], 'sent'), 1);
      same(await outbox.counts(), counts(2, 1, 1, 0));
      same((await outbox.get(idAt(1)))?.label, 'alef');
      await outbox.revise(idAt(1), toShin);
      await outbox.add(drawnRecord(1));
      same((await outbox.get(idAt(1)))?.label, 'shin');
      same(await outbox.addAll([drawnRecord(1, { revision: 2, label: 'tet' })], 'waiting'), 1);
      same((await outbox.get(idAt(1)))?.label, 'tet');
      same(await outbox.counts(), counts(2, 1, 1, 0));
    },
  },
  {
    situation: 'neither side sees what the other does to its copy',
    async run(open) {
      const outbox = open();
      const large = Uint8Array.from({ length: 5000 }, () => 1);
      const record = uploadedRecord(1, {
        seen: { raster: { width: 8, height: 8, data: large.subarray(0, 64) }, cue: [] },
      });
      await outbox.add(record);
      large.fill(9);
      const theirs = await outbox.get(record.id);
      same(theirs?.seen?.raster.data, new Uint8Array(64).fill(1));
      theirs?.seen?.raster.data.fill(7);
      (await outbox.heads([record.id]))[0]?.seen?.raster.data.fill(7);
      same((await outbox.get(record.id))?.seen?.raster.data, new Uint8Array(64).fill(1));
      same(theirs?.seen?.raster.data.buffer.byteLength, 64);
    },
  },
  {
    situation: 'a change is a new revision, and waits',
    async run(open) {
      const outbox = open();
      const record = drawnRecord(1);
      await outbox.add(record);
      const changed = { ...record, revision: 1, verdict: 'corrected', label: 'shin', time: later };
      same(await outbox.revise(record.id, toShin), changed);
      same(await open().get(record.id), changed);
      same(await outbox.ids({ ...anything, label: 'alef' }, 'newest'), []);
      same(await outbox.ids({ ...anything, label: 'shin' }, 'newest'), [record.id]);
      same(await outbox.counts(), counts(1, 1, 0, 0));
    },
  },
  {
    situation: 'records are listed by any mix of filters, newest or least certain first',
    async run(open) {
      const outbox = open();
      const other = { ...drawnRecord(1).receipt, version: '0.3.0' };
      const sure = (certainty: number) => ({
        prediction: { label: 'alef', reason: null, top: [{ label: 'alef', probability: certainty }] },
      });
      await outbox.addAll([drawnRecord(1, sure(0.5)), drawnRecord(4, { ...sure(0.3), receipt: other })], 'waiting');
      await outbox.addAll([uploadedRecord(2), uploadedRecord(3, { source: 'camera', label: 'gimel' })], 'sent');
      const nothing = { label: null, reason: 'blank', top: [] } as const;
      await outbox.add(uploadedRecord(5, { verdict: 'unreadable', label: null, seen: null, prediction: nothing }));
      const found = async (filter: Partial<FeedbackFilter>, order: 'newest' | 'least-certain' = 'newest') =>
        (await outbox.ids({ ...anything, ...filter }, order)).map((id) => [1, 2, 3, 4, 5].find((n) => idAt(n) === id));
      same(await found({}), [5, 4, 3, 2, 1]);
      same(await found({}, 'least-certain'), [5, 4, 2, 3, 1]);
      same(await found({ label: 'alef' }), [4, 1]);
      same(await found({ state: 'sent' }, 'least-certain'), [2, 3]);
      same(await found({ state: 'waiting' }, 'least-certain'), [5, 4, 1]);
      same(await found({ verdict: 'corrected', source: 'upload' }), [2]);
      same(await found({ verdict: 'unreadable' }), [5]);
      same(await found({ model: 'hebrew-letters@0.3.0' }), [4]);
      same(await found({ model: 'hebrew-letters@0.2.0', label: 'gimel', source: 'camera', state: 'sent' }), [3]);
      same(await found({ label: 'gimel', source: 'upload' }), []);
      same(await found({ label: 'tav' }), []);
      const first = async (most: number, filter: Partial<FeedbackFilter>, order: 'newest' | 'least-certain') =>
        same(
          await outbox.ids({ ...anything, ...filter }, order, most),
          (await outbox.ids({ ...anything, ...filter }, order)).slice(0, most),
        );
      for (const most of [0, 1, 3, 5, 60, 1000]) {
        await first(most, {}, 'newest');
        await first(most, {}, 'least-certain');
        await first(most, { source: 'upload' }, 'newest');
      }
      same(await outbox.models(), ['hebrew-letters@0.2.0', 'hebrew-letters@0.3.0']);
    },
  },
  {
    situation: 'everything is deleted, and it can begin again',
    async run(open) {
      const outbox = open();
      await outbox.addAll([drawnRecord(1), uploadedRecord(2)], 'waiting');
      const batch = await sealed(outbox);
      await outbox.withdraw(idAt(1), later);
      await outbox.clear();
      same(await outbox.counts(), counts(0, 0, 0, 0));
      same(await outbox.batches(), []);
      same(await outbox.bytesOf(batch.name), null);
      same(await outbox.waiting(5), []);
      await outbox.mark(batch.name, delivered);
      same(await outbox.addAll([drawnRecord(1)], 'waiting'), 1);
      same(await open().counts(), counts(1, 1, 0, 0));
    },
  },
  {
    situation: 'many write at the same time',
    async run(open) {
      const [one, two] = [open(), open()];
      const numbers = Array.from({ length: 20 }, (_, i) => i + 1);
      await Promise.all(numbers.map((n) => (n % 2 ? one : two).add(drawnRecord(n))));
      await Promise.all(numbers.map(() => one.revise(idAt(1), toShin)));
      same((await two.get(idAt(1)))?.revision, 20);
      const read = await one.waiting(100);
      same(read.length, 20);
      const wins = await Promise.all([one, two].map((outbox, i) => outbox.seal(batchOf(read, `${i}`))));
      same(wins.filter(Boolean).length, 1);
      same(await two.counts(), counts(20, 20, 0, 0));
    },
  },
  {
    situation: 'who subscribes hears of every commit until the end, and of nothing that changed nothing',
    async run(open) {
      const outbox = open();
      let heard = 0;
      const end = outbox.subscribe(() => heard++);
      await outbox.add(drawnRecord(1));
      same(heard, 1);
      await outbox.add(drawnRecord(1));
      await outbox.withdraw(idAt(9), later);
      await outbox.mark('a', delivered);
      same(heard, 1);
      await outbox.revise(idAt(1), toShin);
      const batch = await sealed(outbox);
      await outbox.mark(batch.name, delivered);
      await outbox.forget(batch.name);
      same(heard, 5);
      end();
      await outbox.clear();
      same(heard, 5);
    },
  },
];
