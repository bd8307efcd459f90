import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import version1 from './frozen/outbox-1.json' with { type: 'json' };
import version2 from './frozen/outbox-2.json' with { type: 'json' };
import { rebuild, shapeOf } from './idb-frozen.fixture.ts';
import type { FrozenDatabase } from './idb-frozen.fixture.ts';
import { DATABASE_VERSION } from './idb-ladder.ts';
import { idbOutbox } from './idb-outbox.ts';
import { anything } from './outbox-case.fixture.ts';
import type { Outbox } from './outbox.ts';
import { idAt, pngOf, withdrawalOf } from './record.fixture.ts';

/** One of each released version, for good. A new rung of the ladder adds the next one, and changes none of these. */
const frozen: readonly FrozenDatabase[] = [version1 as FrozenDatabase, version2 as FrozenDatabase];

async function opened<T>(name: string, run: (outbox: Outbox) => Promise<T>): Promise<T> {
  const outbox = idbOutbox(name);
  try {
    return await run(outbox);
  } finally {
    outbox.close();
  }
}

test.each(frozen)('what version $version left is all there, and goes on', async (database) => {
  const name = `frozen ${database.version}`;
  await rebuild(name, database);
  await opened(name, async (outbox) => {
    // 1 delivered, 2 withdrawn after it had left, 3 changed after it had left, 4 refused, 5 never sealed.
    expect(await outbox.counts()).toEqual({ kept: 4, waiting: 3, sent: 1, refused: 1 });
    expect(await outbox.ids(anything, 'newest')).toEqual([5, 4, 3, 1].map(idAt));
    expect((await outbox.heads([1, 3, 4, 5].map(idAt))).map(({ state }) => state)).toEqual([
      'sent',
      'sealed',
      'refused',
      'waiting',
    ]);
    expect(await outbox.get(idAt(3))).toMatchObject({ revision: 1, verdict: 'unreadable', label: null });
    expect((await outbox.get(idAt(3)))?.seen?.raster.data).toEqual(Uint8Array.of(0, 255, 127, 1));
    expect((await outbox.get(idAt(4)))?.picture).toEqual(pngOf(200, 120));
    expect((await outbox.batches()).map(({ name, state }) => [name[0], state.kind])).toEqual([
      ['a', 'delivered'],
      ['b', 'due'],
      ['c', 'parked'],
    ]);
    expect(await outbox.bytesOf('b'.repeat(64))).toEqual(new TextEncoder().encode('batch b\n'));

    await outbox.mark('b'.repeat(64), { kind: 'delivered', at: 1 });
    expect(await outbox.counts()).toEqual({ kept: 4, waiting: 1, sent: 2, refused: 1 });
    await outbox.withdraw(idAt(4), new Date(77).toISOString());
    expect(await outbox.waiting(9)).toContainEqual(withdrawalOf(idAt(4), 1, 77));
    await outbox.revise(idAt(5), { verdict: 'corrected', label: 'tav', time: new Date(77).toISOString() });
    expect(await outbox.ids({ ...anything, label: 'tav' }, 'least-certain')).toEqual([idAt(5)]);
  });
});

test('a database made today has the shape of the last one that is frozen', async () => {
  await opened('new', (outbox) => outbox.counts());
  const last = frozen.at(-1);
  const stores = last?.stores.map(({ name, keyPath, autoIncrement, indexes }) => ({
    name,
    keyPath,
    autoIncrement,
    indexes,
  }));
  expect(await shapeOf('new')).toEqual({ version: DATABASE_VERSION, stores });
});
