import { expect, openRoom, test } from './support/outbox.ts';

test('IndexedDB keeps to the contract of every outbox', async ({ page }) => {
  await openRoom(page);
  const situations = await page.evaluate(() => window.outboxRoom.situations);
  expect(situations.length).toBeGreaterThan(15);
  for (const situation of situations) {
    await test.step(situation, () => page.evaluate((one) => window.outboxRoom.keepContract(one), situation));
  }
});

test('a database that version 1 left opens', async ({ page }) => {
  await openRoom(page);
  expect(await page.evaluate(() => window.outboxRoom.openFrozen())).toEqual({
    kept: 4,
    waiting: 3,
    sent: 1,
    refused: 1,
  });
});

test('two tabs: each hears of what the other saves', async ({ page, context }) => {
  await openRoom(page);
  const other = await openRoom(await context.newPage());
  await other.evaluate(() => window.outboxRoom.listen());
  expect(await page.evaluate(() => window.outboxRoom.save(1, 1))).toBe('saved');
  await expect.poll(() => other.evaluate(() => window.outboxRoom.heard())).toBe(1);
  expect(await other.evaluate(() => window.outboxRoom.counts())).toMatchObject({ kept: 1 });
});

test('a newer tab upgrades while this one saves: nothing that was said to be saved is lost', async ({
  page,
  context,
}) => {
  await openRoom(page);
  await page.evaluate(() => window.outboxRoom.listen());
  const newer = await openRoom(await context.newPage());
  const saving = page.evaluate(async () => {
    for (let n = 1; n <= 1000; n++) {
      const result = await window.outboxRoom.save(n, n);
      if (result !== 'saved') return { saved: n - 1, result };
    }
    return { saved: 1000, result: 'saved' };
  });
  await expect.poll(() => page.evaluate(() => window.outboxRoom.heard())).toBeGreaterThan(3);
  expect(await newer.evaluate(() => window.outboxRoom.upgrade(3))).toBe('upgraded');
  const { saved, result } = await saving;
  expect(result).toBe('outdated');
  expect(saved).toBeGreaterThan(2);

  const kept = await newer.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve) => {
      const request = indexedDB.open(`ktav-feedback ${location.pathname}`);
      request.addEventListener('success', () => resolve(request.result));
    });
    return await new Promise<number>((resolve) => {
      const request = database.transaction('bodies').objectStore('bodies').count();
      request.addEventListener('success', () => resolve(request.result));
    });
  });
  expect(kept).toBe(saved);
  // Reloaded, the page is still the older one, and says so again.
  await openRoom(page);
  expect(await page.evaluate(() => window.outboxRoom.counts())).toBe('outdated');
});
