import type { Page } from '@playwright/test';
import { predictionOf } from './support/hand.ts';
import { comesToRead, expect, firstVisit, readAlef, test } from './support/signed-site.ts';

declare global {
  interface Window {
    /** Milliseconds since 1970, when the first answer stood on the page. */
    answeredAt?: number;
  }
}

test.describe.configure({ timeout: 500_000 });

/** What a browser asks for by itself: another service worker, and what names the app. */
const ofTheBrowser = ['/sw.js', '/ktav.webmanifest', '/icon.svg'];
const server = ['/config.json', '/models/catalog.json', '/models/catalog.json.sig'];

const refused = (page: Page) => page.locator('[data-testid="notice"][data-topic="model-refused"]');

test('a later visit answers before it asks the server for anything, and then asks for what is newer', async ({
  page,
  ownSite,
}) => {
  await firstVisit(page);
  await page.addInitScript(() => {
    const answer = '[data-testid="prediction"]:is([data-state="ready"], [data-state="abstained"])';
    new MutationObserver(() => {
      if (document.querySelector(answer) !== null) window.answeredAt ??= Date.now();
    }).observe(document, { subtree: true, childList: true, attributes: true });
  });
  ownSite.log.length = 0;
  await page.reload();
  await readAlef(page);
  await expect.poll(() => server.every((path) => ownSite.log.some((one) => one.path === path))).toBe(true);
  const [answered, began] = await page.evaluate(() => [window.answeredAt ?? 0, performance.timeOrigin]);
  // However slow the machine: three seconds after the start it is asked in any case.
  const earliest = Math.min(answered ?? 0, (began ?? 0) + 2900);
  expect(answered).toBeGreaterThan(0);
  const early = ownSite.log.filter(({ at }) => at > (began ?? 0) && at < earliest).map(({ path }) => path);
  expect(early.filter((path) => !ofTheBrowser.includes(path))).toEqual([]);
});

test('a later visit sets out for what lies on the device before the engine is there; a first one has nothing to set out for', async ({
  page,
}) => {
  const startsOfTheThread = async (): Promise<readonly string[]> =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .flatMap(({ name }) => /\/assets\/((?:later-)?worker)-[^/]*\.js$/.exec(name)?.[1] ?? []),
    );
  await firstVisit(page);
  expect(await startsOfTheThread()).toEqual(['worker']);
  await page.reload();
  await readAlef(page);
  expect(await startsOfTheThread()).toEqual(['later-worker']);
  await expect(predictionOf(page)).toHaveAttribute('data-backend', 'wasm');
});

test('what the server names after the first answer takes over: a newer version, and an older one again', async ({
  page,
  models,
}) => {
  await firstVisit(page);
  for (const version of [models.newer, models.older, models.newer]) {
    models.publish(version);
    await page.reload();
    await comesToRead(page, version);
    await expect(refused(page)).toHaveCount(0);
  }
});

test('an older list than the one of the last visit is refused though it comes late', async ({ page, models }) => {
  await firstVisit(page);
  models.publish(models.newer, { revision: 2 });
  await page.reload();
  await expect(refused(page)).toBeVisible();
  await readAlef(page);
  await expect(predictionOf(page)).toHaveAttribute('data-model', `hebrew-letters@${models.older}`);
});

test('what config.json says after the first answer holds: other keys, and the engine starts anew', async ({
  page,
  models,
}) => {
  await firstVisit(page);
  models.configure({ modelKeys: ['0'.repeat(64)], environment: 'staging' });
  await page.reload();
  await readAlef(page);
  await expect(page.getByTestId('environment')).toHaveAttribute('data-environment', 'staging');
  // Nothing here is signed by that key: the list is refused, and the version that was checked reads on.
  await expect(refused(page)).toBeVisible();
});
