import { expect, openRoom, test } from './support/outbox.ts';

test('a full disk is said by our own error, old records are intact, and it works again when there is room', async ({
  page,
  baseURL,
}) => {
  const session = await page.context().newCDPSession(page);
  const origin = new URL(baseURL).origin;
  // Before the database is opened: Chromium remembers for half a minute how much room there was.
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 2_000_000 });
  await openRoom(page);
  expect(await page.evaluate(() => window.outboxRoom.save(1, 20))).toBe('saved');
  expect(await page.evaluate(() => window.outboxRoom.save(1001, 1100, 100_000))).toBe('quota-exceeded');

  expect(await page.evaluate(() => window.outboxRoom.whole(1, 20))).toBe(true);
  expect(await page.evaluate(() => window.outboxRoom.save(2001, 2100, 100_000))).toBe('quota-exceeded');
  await openRoom(page);
  expect(await page.evaluate(() => window.outboxRoom.counts())).toMatchObject({ kept: expect.any(Number) });
  expect(await page.evaluate(() => window.outboxRoom.whole(1, 20))).toBe(true);

  await session.send('Storage.overrideQuotaForOrigin', { origin });
  expect(await page.evaluate(() => window.outboxRoom.save(3001, 3010, 100_000))).toBe('saved');
  expect(await page.evaluate(() => window.outboxRoom.whole(1, 20))).toBe(true);
});
