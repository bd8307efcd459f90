import { describe, expect, test } from 'vitest';
import { createSync } from './sync.ts';
import { allowed, pageWith, settle, target } from './sync.fixture.ts';

const minute = 60_000;
const day = 86_400_000;

describe('nothing is sent', () => {
  test('without a target, or a yes', async () => {
    const page = await pageWith(1);
    page.sync.configure(null, allowed);
    expect(await page.sync.now()).toMatchObject({ phase: 'off' });
    page.sync.configure(target, { allowed: false, unmeteredOnly: false });
    expect(await page.sync.now()).toMatchObject({ phase: 'off' });
    expect(await page.outbox.batches()).toEqual([]);
    page.sync.start();
    page.sync.configure(target, allowed);
    await page.clock.pass(minute);
    expect(page.store.lines()).toHaveLength(1);
  });

  test('where the page’s policy does not let it go: it is not asked again by itself, and nothing is lost', async () => {
    const page = await pageWith(1);
    page.store.fault = () => 'forbidden';
    page.sync.start();
    await page.clock.pass(minute);
    const asked = page.store.asked.length;
    expect(page.sync.state()).toMatchObject({ phase: 'resting', nextTry: null, problem: { kind: 'forbidden' } });
    await page.clock.pass(minute);
    expect(page.store.asked).toHaveLength(asked);
    expect(page.device.asked).toBe(0);
    page.store.fault = () => 'ok';
    expect(await page.sync.now()).toMatchObject({ problem: null });
    expect(page.store.lines()).toHaveLength(1);
  });

  test('by the kilobyte, if that is the wish', async () => {
    const page = await pageWith(1);
    page.device.metered = true;
    page.sync.configure(target, { allowed: true, unmeteredOnly: true });
    page.sync.start();
    await page.clock.pass(minute);
    expect(await page.sync.now()).toMatchObject({ phase: 'resting', problem: { kind: 'metered' } });
    expect(page.store.asked).toEqual([]);
    page.device.metered = false;
    page.device.wake('connection');
    await page.clock.pass(minute);
    expect(page.store.lines()).toHaveLength(1);
  });

  test('offline, but for who asks; the browser is asked to wake us', async () => {
    const page = await pageWith(1);
    page.device.online = false;
    page.sync.start();
    await page.clock.pass(minute);
    expect(page.sync.state()).toMatchObject({ problem: { kind: 'offline' } });
    expect(page.store.asked).toEqual([]);
    expect(page.device.asked).toBeGreaterThan(0);
    expect(await page.sync.now()).toMatchObject({ problem: null });
  });

  test('by a second tab, which tries when the first is done', async () => {
    const page = await pageWith(1);
    page.store.fault = () => 'hang';
    const first = page.sync.now();
    await settle();
    const other = createSync(page.device.parts());
    other.configure(target, allowed);
    other.start();
    await page.clock.pass(1000);
    expect(other.state()).toMatchObject({ phase: 'elsewhere', nextTry: expect.any(Number) });
    expect(page.store.asked).toHaveLength(1);
    page.sync.cancel();
    expect(await first).toMatchObject({ phase: 'resting', problem: null });
    page.store.fault = () => 'ok';
    await page.clock.pass(minute);
    expect(other.state()).toMatchObject({ phase: 'resting', problem: null });
    expect(page.store.lines()).toHaveLength(1);
  });

  test('after it is closed', async () => {
    const page = await pageWith(1);
    page.sync.start();
    page.sync.close();
    await page.clock.pass(minute);
    page.device.wake('online');
    await page.clock.pass(day);
    expect(page.store.asked).toEqual([]);
  });
});
