import { describe, expect, test } from 'vitest';
import { pageWith, settle, small, target } from './sync.fixture.ts';
import type { Device } from './sync.fixture.ts';

const minute = 60_000;
const day = 86_400_000;

const states = async (page: { outbox: Device['outbox'] }) =>
  (await page.outbox.batches()).map(({ state }) => state.kind);

test('what was saved before is sent at the start, once', async () => {
  const page = await pageWith(3);
  page.sync.start();
  await page.clock.pass(minute);
  expect(page.store.asked).toHaveLength(1);
  expect(page.store.lines().map(({ id }) => id)).toEqual([small(0).id, small(1).id, small(2).id]);
  expect(page.sync.state()).toMatchObject({ phase: 'resting', done: 1, total: 1, nextTry: null, problem: null });
  expect(await page.outbox.counts()).toMatchObject({ waiting: 0, sent: 3 });
});

test('several saves in a row make one batch', async () => {
  const page = await pageWith(0);
  page.sync.start();
  await settle();
  for (let i = 0; i < 4; i++) {
    await page.outbox.add(small(i));
    await page.clock.pass(500);
  }
  expect(page.store.asked).toEqual([]);
  await page.clock.pass(minute);
  expect(page.store.asked).toHaveLength(1);
  expect(page.store.lines()).toHaveLength(4);
});

test('more than a batch holds goes out in several, none above the cap', async () => {
  const page = await pageWith(100);
  const seen: string[] = [];
  page.sync.subscribe(({ phase, done, total }) => void (phase === 'sending' && seen.push(`${done}/${total}`)));
  await page.sync.now();
  expect(page.store.objects.size).toBeGreaterThan(3);
  for (const bytes of page.store.objects.values()) expect(bytes.length).toBeLessThanOrEqual(target.capBytes);
  expect(new Set(page.store.lines().map(({ id }) => id)).size).toBe(100);
  expect(seen.at(-1)).toBe(`${page.store.objects.size}/${page.store.objects.size}`);
});

test('a server in trouble gets the same object again, later and later', async () => {
  const page = await pageWith(1);
  const times: number[] = [];
  page.store.fault = () => {
    times.push(page.clock.time);
    return 500;
  };
  page.sync.start();
  await page.clock.pass(40_000);
  const gaps = times.slice(1, 6).map((time, i) => time - (times[i] ?? 0));
  expect(gaps).toEqual([1000, 2000, 4000, 8000, 16_000]);
  expect(new Set(page.store.asked).size).toBe(1);
  expect(page.sync.state()).toMatchObject({ phase: 'resting', problem: { kind: 'unreachable', status: 500 } });
  page.store.fault = () => 'ok';
  await page.clock.pass(minute);
  expect(await states(page)).toEqual(['delivered']);
  expect(page.sync.state()).toMatchObject({ problem: null, nextTry: null });
});

test('a server that asks for peace has it, whatever wakes the page', async () => {
  const page = await pageWith(1);
  page.store.fault = () => 429;
  page.store.retryAfter = '600';
  page.sync.start();
  await settle();
  for (let i = 0; i < 9; i++) {
    page.device.wake('online');
    page.device.wake('visible');
    await page.outbox.add(small(10 + i));
    await page.clock.pass(minute);
  }
  expect(page.store.asked).toHaveLength(1);
  page.store.fault = () => 'ok';
  await page.clock.pass(2 * minute);
  expect(page.store.lines()).toHaveLength(10);
});

test('a network that comes back ends the wait', async () => {
  const page = await pageWith(1);
  page.store.fault = () => 'reset';
  page.sync.start();
  await page.clock.pass(10 * minute);
  const before = page.store.asked.length;
  page.store.fault = () => 'ok';
  page.device.wake('visible');
  await page.clock.pass(3500);
  expect(page.store.asked).toHaveLength(before);
  page.device.wake('online');
  await page.clock.pass(3500);
  expect(page.store.lines()).toHaveLength(1);
});

test('an answer that got lost doubles nothing: the store has it already', async () => {
  const page = await pageWith(2);
  page.store.fault = () => 'lost';
  await page.sync.now();
  expect(await states(page)).toEqual(['due']);
  page.store.fault = () => 'ok';
  // Ten years off, and the object is the same.
  page.clock.time += 3650 * day;
  await page.sync.now();
  expect(await states(page)).toEqual(['delivered']);
  expect(page.store.objects.size).toBe(1);
  expect(new Set(page.store.asked).size).toBe(1);
});

test('a PUT that hangs is given up, and tried again', async () => {
  const page = await pageWith(1);
  page.store.fault = () => 'hang';
  page.sync.start();
  await page.clock.pass(20_000);
  expect(page.sync.state().phase).toBe('sending');
  page.store.fault = () => 'ok';
  await page.clock.pass(5 * minute);
  expect(await states(page)).toEqual(['delivered']);
});

describe('what the target does not take', () => {
  test('is parked with the reason, and its records are refused', async () => {
    const page = await pageWith(2);
    page.store.fault = () => 403;
    page.sync.start();
    await page.clock.pass(day);
    expect(page.store.asked).toHaveLength(1);
    const [batch] = await page.outbox.batches();
    expect(batch?.state).toMatchObject({ kind: 'parked', status: 403, reason: '403: why not' });
    expect(await page.outbox.counts()).toMatchObject({ waiting: 0, refused: 2 });
    expect(page.sync.state()).toMatchObject({ nextTry: null });
  });

  test('is offered again when a person asks', async () => {
    const page = await pageWith(2);
    page.store.fault = () => 403;
    expect(await page.sync.now()).toMatchObject({ problem: { kind: 'refused', status: 403 } });
    page.store.fault = () => 'ok';
    expect(await page.sync.now()).toMatchObject({ problem: null });
    expect(await page.outbox.counts()).toMatchObject({ sent: 2, refused: 0 });
  });

  test('holds nothing else up', async () => {
    const page = await pageWith(100);
    page.store.fault = () => (page.store.asked.length === 2 ? 400 : 'ok');
    await page.sync.now();
    expect((await states(page)).filter((kind) => kind === 'parked')).toHaveLength(1);
    expect((await states(page)).filter((kind) => kind === 'delivered').length).toBeGreaterThan(2);
  });
});

test('a batch that the server always stumbles over stands behind the others', async () => {
  const page = await pageWith(120);
  let bad = '';
  page.store.fault = (path) => {
    bad ||= path;
    return path === bad ? 500 : 'ok';
  };
  page.sync.start();
  await page.clock.pass(5 * minute);
  expect((await states(page)).filter((kind) => kind === 'due')).toHaveLength(1);
  expect(await page.outbox.counts()).toMatchObject({ kept: 120 });
  expect(page.store.objects.size).toBe((await page.outbox.batches()).length - 1);
  expect(page.store.lines().length).toBeGreaterThan(60);
});

test('a record larger than a batch is refused by itself, and never tried', async () => {
  const page = await pageWith(2);
  const stroke = Array.from({ length: 2000 }, (_, t) => ({ x: t / 3, y: 1, t }));
  await page.outbox.add({ ...small(5), drawn: { ink: [stroke], line: { headline: 0, baseline: 1 } } });
  await page.outbox.add(small(9));
  page.sync.start();
  await page.clock.pass(day / 2);
  expect(await page.outbox.counts()).toMatchObject({ waiting: 0, sent: 3, refused: 1 });
  expect(page.store.lines()).toHaveLength(3);
  const parked = (await page.outbox.batches()).find(({ state }) => state.kind === 'parked');
  expect(parked?.state).toMatchObject({ status: 0, reason: expect.stringMatching(/^too-large/) });
});

test('what was delivered is offered once more after a day, and then forgotten', async () => {
  const page = await pageWith(1);
  page.sync.start();
  await page.clock.pass(day / 2);
  // The store loses what it had not flushed.
  page.store.objects.clear();
  expect(page.store.asked).toHaveLength(1);
  await page.clock.pass(day);
  expect(page.store.lines()).toHaveLength(1);
  await page.clock.pass(9 * day);
  await page.sync.now();
  expect(page.store.asked).toHaveLength(2);
  expect(await page.outbox.batches()).toEqual([]);
  expect(await page.outbox.counts()).toMatchObject({ kept: 1, sent: 1 });
});

test('a second offer that is refused leaves the records sent, and ends after a week', async () => {
  const page = await pageWith(1);
  await page.sync.now();
  page.store.fault = () => 403;
  page.sync.start();
  await page.clock.pass(6 * day);
  expect(await states(page)).toEqual(['delivered']);
  await page.clock.pass(3 * day);
  expect(await page.outbox.counts()).toMatchObject({ sent: 1, refused: 0 });
  await page.sync.now();
  expect(await page.outbox.batches()).toEqual([]);
});

test('who cancels keeps everything due, and the next save sends all', async () => {
  const page = await pageWith(1);
  page.store.fault = () => 'hang';
  page.sync.start();
  await settle();
  page.sync.cancel();
  await page.clock.pass(day);
  expect(page.sync.state()).toMatchObject({ phase: 'resting', nextTry: null, problem: null });
  expect(await states(page)).toEqual(['due']);
  page.store.fault = () => 'ok';
  await page.outbox.add(small(7));
  await page.clock.pass(minute);
  expect(page.store.lines()).toHaveLength(2);
});

test('a store that fails is told, and tried again', async () => {
  const page = await pageWith(1);
  const { seal } = page.outbox;
  page.outbox.seal = () => Promise.reject(new Error('disk'));
  page.sync.start();
  await settle();
  expect(page.sync.state()).toMatchObject({ phase: 'resting', problem: { kind: 'storage' } });
  page.outbox.seal = seal;
  await page.clock.pass(minute);
  expect(page.store.lines()).toHaveLength(1);
});
