import { expect, openRoom, test } from './support/outbox.ts';

test('the files of the browser keep to the contract of every journal', async ({ page }) => {
  await openRoom(page);
  const situations = await page.evaluate(() => window.outboxRoom.journalSituations);
  expect(situations.length).toBeGreaterThan(5);
  for (const situation of situations) {
    await test.step(situation, () => page.evaluate((one) => window.outboxRoom.keepJournal(one), situation));
  }
});

test('the database is thrown away: what was saved by either of two tabs is put back, once', async ({
  page,
  context,
}) => {
  await openRoom(page);
  const other = await openRoom(await context.newPage());
  const tabs = [page, other];
  for (const tab of tabs) expect(await tab.evaluate(() => window.outboxRoom.openGuarded())).toBe(0);
  const saved = await Promise.all([
    page.evaluate(() => window.outboxRoom.save(1, 20)),
    other.evaluate(() => window.outboxRoom.save(21, 40)),
  ]);
  expect(saved).toEqual(['saved', 'saved']);

  await other.close();
  await openRoom(page);
  await page.evaluate(() => window.outboxRoom.throwAway());
  await openRoom(page);
  expect(await page.evaluate(() => window.outboxRoom.openGuarded())).toBe(40);
  expect(await page.evaluate(() => window.outboxRoom.whole(1, 40))).toBe(true);
  expect(await page.evaluate(() => window.outboxRoom.counts())).toMatchObject({ kept: 40, waiting: 40 });
  await openRoom(page);
  expect(await page.evaluate(() => window.outboxRoom.openGuarded())).toBe(0);
});
