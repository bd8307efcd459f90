import { expect, test } from 'vitest';
import { memoryOutbox } from '../memory-outbox.ts';
import type { Outbox, RestorableOutbox } from '../outbox.ts';
import { drawnRecord, idAt } from '../record.fixture.ts';
import { batchOf, delivered, later, toShin } from '../outbox-case.fixture.ts';
import type { Alone } from './copy-keeper.ts';
import { lineToJson } from '../wire.ts';
import { guardedOutbox } from './guarded-outbox.ts';
import { MemoryDisk } from './memory-files.fixture.ts';

const small = (n: number) => drawnRecord(n, { seen: null });
const newStamp = (): string => crypto.randomUUID();

/** One after the other; the lock of one device. */
function inTurn(): Alone {
  let turn: Promise<unknown> = Promise.resolve();
  return (task) => {
    const result = turn.then(() => task(true));
    turn = result.catch(() => undefined);
    return result;
  };
}

class Device {
  readonly disk = new MemoryDisk();
  readonly alone = inTurn();
  database: RestorableOutbox = memoryOutbox();

  visit(alone: Alone = this.alone, database = this.database) {
    return guardedOutbox({ outbox: database, files: this.disk.open(), alone, newStamp });
  }
  /** As Chromium does it: without a word, and what is opened next is empty. */
  throwAway(): void {
    this.database = memoryOutbox();
  }
  get onDisk(): string {
    return this.disk.files.map((bytes) => new TextDecoder().decode(bytes)).join('');
  }
}
const kept = async (outbox: Outbox): Promise<number> => (await outbox.counts()).kept;

test('what waits comes back, and the next visit has nothing to put back', async () => {
  const device = new Device();
  const { outbox } = await device.visit();
  await outbox.add(small(1));
  await outbox.add(small(2));
  await outbox.revise(idAt(2), toShin);
  device.throwAway();
  const after = await device.visit();
  expect(after.restored).toBe(2);
  expect(await after.outbox.get(idAt(2))).toMatchObject({ revision: 1, label: 'shin' });
  expect((await device.visit()).restored).toBe(0);
});

test('what was taken back leaves the files first: killed right after the commit, it does not come back', async () => {
  const device = new Device();
  const { database } = device;
  let committed = (): void => undefined;
  const reached = new Promise<void>((resolve) => (committed = resolve));
  const dying: RestorableOutbox = {
    ...database,
    async withdraw(id, time) {
      await database.withdraw(id, time);
      committed();
      return new Promise(() => undefined);
    },
  };
  const { outbox } = await device.visit(inTurn(), dying);
  await outbox.add(small(1));
  void outbox.withdraw(idAt(1), later);
  await reached;
  device.throwAway();
  const after = await device.visit();
  expect(after.restored).toBe(0);
  expect(await kept(after.outbox)).toBe(0);
});

test('what left and was taken back then is in the files no more', async () => {
  const device = new Device();
  const { outbox } = await device.visit();
  await outbox.add(drawnRecord(1));
  const batch = batchOf(await outbox.waiting(5));
  await outbox.seal(batch);
  await outbox.mark(batch.name, delivered);
  expect(device.onDisk).toContain('"drawn');
  await outbox.withdraw(idAt(1), later);
  expect(device.onDisk).not.toContain('"drawn');
  expect(device.onDisk).toContain(idAt(1));
});

test.each(['as it was', 'after the copy was written anew'] as const)(
  'changed and sent while an earlier batch of it was due, it does not come back unchanged: %s',
  async (when) => {
    const device = new Device();
    const { outbox } = await device.visit();
    await outbox.add(small(1));
    const bytes = new TextEncoder().encode(`${lineToJson(small(1))}\n`);
    const first = { ...batchOf(await outbox.waiting(5), 'a'), bytes };
    await outbox.seal(first);
    await outbox.revise(idAt(1), toShin);
    const second = batchOf(await outbox.waiting(5), 'b');
    await outbox.seal(second);
    await outbox.mark(second.name, delivered);
    // A person who takes back another one, which is in the copy: it is written anew from what the entries come to.
    await outbox.add(small(2));
    if (when !== 'as it was') await outbox.withdraw(idAt(2), later);
    device.throwAway();
    const after = await device.visit();
    expect(await after.outbox.get(idAt(1))).toBeNull();
    expect(await after.outbox.batches()).toMatchObject([{ name: first.name, state: { kind: 'due' } }]);
  },
);

test('taken back twice, its withdrawal still leaves after the database was thrown away', async () => {
  const device = new Device();
  const { outbox } = await device.visit();
  await outbox.addAll([small(1)], 'sent');
  await outbox.withdraw(idAt(1), later);
  await outbox.withdraw(idAt(1), later);
  device.throwAway();
  const after = await device.visit();
  expect(await after.outbox.waiting(5)).toMatchObject([{ id: idAt(1), revision: 1, withdrawn: true }]);
});

test('an export brought back to where it came from takes nothing out of the copy; a later revision does', async () => {
  const device = new Device();
  const { outbox } = await device.visit();
  await outbox.addAll([small(1), small(2)], 'waiting');
  await outbox.addAll([small(1), drawnRecord(2, { seen: null, revision: 3 })], 'sent');
  device.throwAway();
  const after = await device.visit();
  expect(await after.outbox.waiting(5)).toMatchObject([{ id: idAt(1) }]);
});

test('deleting everything empties the copy, also one that this page could not read', async () => {
  const device = new Device();
  const first = await device.visit();
  await first.outbox.add(small(1));
  device.throwAway();
  const files = device.disk.open();
  let broken = true;
  const unreadable = {
    ...files,
    read: (which: 0 | 1) => (broken ? Promise.reject(new Error('not now')) : files.read(which)),
  };
  const { alone, database } = device;
  const { outbox, restored } = await guardedOutbox({ outbox: database, files: unreadable, alone, newStamp });
  expect(restored).toBe(0);
  broken = false;
  await outbox.clear();
  expect(device.onDisk).not.toContain(idAt(1));
  const after = await device.visit();
  expect(after.restored).toBe(0);
  expect(await kept(after.outbox)).toBe(0);
});

test('where the copy cannot be written the record is saved all the same, and the next visit copies it', async () => {
  const device = new Device();
  const { outbox } = await device.visit();
  await outbox.add(small(1));
  device.disk.fails = true;
  await outbox.add(small(2));
  await outbox.withdraw(idAt(1), later);
  expect(await kept(outbox)).toBe(1);
  device.disk.fails = false;
  const next = await device.visit();
  await next.outbox.add(small(3));
  device.throwAway();
  expect((await device.visit()).restored).toBe(2);
});

test('a page that never gets its turn works without a copy, and leaves that of the others alone', async () => {
  const device = new Device();
  const { outbox } = await device.visit();
  await outbox.add(small(1));
  const late = await device.visit((task) => task(false));
  await late.outbox.add(small(2));
  expect(await kept(late.outbox)).toBe(2);
  expect(device.onDisk).toContain(idAt(1));
  expect(device.onDisk).not.toContain(idAt(2));
});

test('what the database refuses is not in the copy', async () => {
  const device = new Device();
  const { outbox } = await device.visit();
  await expect(outbox.revise(idAt(7), toShin)).rejects.toMatchObject({ code: 'not-found' });
  await outbox.add(small(1));
  await outbox.add(small(1));
  expect(device.onDisk.split('"is":"line"')).toHaveLength(2);
});
