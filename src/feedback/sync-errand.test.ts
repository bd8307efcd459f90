import { expect, test } from 'vitest';
import { errandIn } from './errand-row.ts';
import { runErrand } from './errand-run.ts';
import type { Errand, ErrandStore } from './errand.ts';
import type { Outbox } from './outbox.ts';
import { putLimits } from './put.ts';
import { createSync } from './sync.ts';
import { allowed, Device, settle, small, target } from './sync.fixture.ts';

const minute = 60_000;

/** What a service worker of this device finds: the errand as the page left it last. */
class Worker implements ErrandStore {
  errand: Errand | null = null;
  constructor(readonly device: Device) {
    const { outbox } = device;
    const { leaveErrand, takeErrand } = outbox;
    outbox.leaveErrand = async (errand) => {
      this.errand = errand;
      await leaveErrand(errand);
    };
    outbox.takeErrand = async () => {
      const sent = this.errand?.sent ?? [];
      this.errand = null;
      await takeErrand();
      return sent;
    };
  }
  async read(): Promise<Errand | null> {
    return errandIn(structuredClone(this.errand));
  }
  async due(name: string) {
    const head = (await this.device.outbox.batches()).find((one) => one.name === name && one.state.kind === 'due');
    const bytes = await this.device.outbox.bytesOf(name);
    return head === undefined || bytes === null ? null : { ...head, bytes };
  }
  async noteSent(delivery: { readonly name: string; readonly at: number }): Promise<void> {
    if (this.errand !== null) this.errand = { ...this.errand, sent: [...this.errand.sent, delivery] };
  }
  wake(): Promise<'done' | 'later'> {
    const { store, clock, metered } = this.device;
    const parts = { fetch: store.fetch, clock, limits: putLimits };
    return runErrand(new AbortController().signal, this, parts, () => metered);
  }
}

/** A page that has saved so many records while there was no network. */
async function offlineWith(records: number, wishes = allowed) {
  const device = new Device();
  const worker = new Worker(device);
  device.online = false;
  const sync = createSync(device.parts());
  sync.configure(target, wishes);
  sync.start();
  for (let i = 0; i < records; i++) await device.outbox.add(small(i));
  await device.clock.pass(minute);
  return { device, worker, sync, store: device.store };
}
const nextVisit = async (device: Device): Promise<void> => {
  device.online = true;
  const sync = createSync(device.parts());
  sync.configure(target, allowed);
  sync.start();
  await device.clock.pass(minute);
};
const counts = (outbox: Outbox) => outbox.counts();

test('offline: what waits is sealed, the worker sends it when the page is gone, and the next visit knows', async () => {
  const { device, worker, sync, store } = await offlineWith(50);
  expect(store.asked).toEqual([]);
  sync.close();
  expect(await worker.wake()).toBe('done');
  expect(new Set(store.lines().map(({ id }) => id)).size).toBe(50);
  const sent = store.asked.length;
  expect(await worker.wake()).toBe('done');
  expect(store.asked).toHaveLength(sent);
  await nextVisit(device);
  expect(await counts(device.outbox)).toMatchObject({ waiting: 0, sent: 50 });
  // It was not even offered again.
  expect(store.asked).toHaveLength(sent);
  expect(worker.errand).toBeNull();
});

test('a target that does not answer: the worker goes on with the same objects, and says that something is left', async () => {
  const { device, worker, sync, store } = await offlineWith(1);
  sync.close();
  store.fault = () => 503;
  expect(await worker.wake()).toBe('later');
  store.fault = () => 'lost';
  expect(await worker.wake()).toBe('later');
  store.fault = () => 'ok';
  expect(await worker.wake()).toBe('done');
  expect(new Set(store.asked).size).toBe(1);
  expect(store.lines()).toHaveLength(1);
  await nextVisit(device);
  expect(await counts(device.outbox)).toMatchObject({ waiting: 0, sent: 1 });
});

test('what the target refuses is left to the page, which can say so', async () => {
  const { device, worker, sync, store } = await offlineWith(1);
  sync.close();
  store.fault = () => 403;
  expect(await worker.wake()).toBe('done');
  expect((await device.outbox.batches()).map(({ state }) => state.kind)).toEqual(['due']);
  await nextVisit(device);
  expect(await counts(device.outbox)).toMatchObject({ refused: 1 });
});

test.each([
  ['the person says no', { ...allowed, allowed: false }, target],
  ['the place is another one', allowed, { ...target, baseUrl: 'https://elsewhere.example' }],
  ['there is no place any more', allowed, null],
] as const)('nothing leaves by the worker once %s', async (_, wishes, place) => {
  const { worker, sync, store } = await offlineWith(1);
  expect(worker.errand?.names).toHaveLength(1);
  sync.configure(place, wishes);
  await settle();
  expect(await worker.wake()).toBe('done');
  expect(store.asked).toEqual([]);
});

test('who says no while the worker sends is heard before the next batch', async () => {
  const { worker, sync, store } = await offlineWith(100);
  expect(worker.errand?.names.length).toBeGreaterThan(3);
  store.fault = () => {
    sync.configure(target, { ...allowed, allowed: false });
    return 'ok';
  };
  await worker.wake();
  expect(store.asked).toHaveLength(1);
});

test('who says no while it is left leaves nothing', async () => {
  const device = new Device();
  const worker = new Worker(device);
  device.online = false;
  await device.outbox.add(small(1));
  const sync = createSync(device.parts());
  const { leaveErrand } = device.outbox;
  const left = new Promise<void>((resolve) => {
    device.outbox.leaveErrand = async (errand) => {
      sync.configure(target, { ...allowed, allowed: false });
      await settle();
      await leaveErrand(errand);
      resolve();
    };
  });
  sync.configure(target, allowed);
  sync.start();
  await left;
  await settle();
  expect(worker.errand).toBeNull();
});

test('without Background Sync nothing is sealed ahead of its time', async () => {
  const device = new Device();
  device.hasBackground = false;
  device.online = false;
  const sync = createSync(device.parts());
  sync.configure(target, allowed);
  sync.start();
  await device.outbox.add(small(1));
  await device.clock.pass(minute);
  expect(await device.outbox.batches()).toEqual([]);
});

test('by the kilobyte, if that is not the wish, the worker sends nothing either', async () => {
  const { device, worker, sync, store } = await offlineWith(1, { allowed: true, unmeteredOnly: true });
  sync.close();
  device.metered = true;
  expect(await worker.wake()).toBe('later');
  expect(store.asked).toEqual([]);
  device.metered = false;
  expect(await worker.wake()).toBe('done');
  expect(store.lines()).toHaveLength(1);
});

test.each([
  null,
  'x',
  {},
  { version: 2, target, unmeteredOnly: false, names: [], sent: [] },
  { version: 1, target: { ...target, profile: 'ftp' }, unmeteredOnly: false, names: [], sent: [] },
  { version: 1, target: { ...target, headers: { a: 1 } }, unmeteredOnly: false, names: [], sent: [] },
  { version: 1, target, unmeteredOnly: 'no', names: [], sent: [] },
  { version: 1, target, unmeteredOnly: false, names: [1], sent: [] },
  { version: 1, target, unmeteredOnly: false, names: [], sent: [{ name: 'a' }] },
])('a row that is no errand is none: %j', (row) => {
  expect(errandIn(row)).toBeNull();
  expect(errandIn({ version: 1, target, unmeteredOnly: false, names: ['a'], sent: [] })).not.toBeNull();
});
