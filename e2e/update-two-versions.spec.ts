import type { Page } from '@playwright/test';
import { inkOnCanvas, predictionOf } from './support/hand.ts';
import { expect, firstVisit, installed, readAlef, test } from './support/installed.ts';
import { nextBuild } from './support/own-site.ts';

let next = '';
test.beforeAll(async ({}, info) => {
  info.setTimeout(600_000);
  next = await nextBuild();
});
test.describe.configure({ timeout: 300_000 });

const notice = (page: Page) => page.getByTestId('notice');
/** Which build the page was made by: the scripts of the next one have it in their names. */
const isNext = (page: Page): Promise<boolean> =>
  page
    .evaluate(() => document.querySelector('script[src]')?.getAttribute('src')?.includes('-next-') === true)
    // Between two pages there is nothing to ask.
    .catch(() => false);

/** As the browser does by itself at every load, and the page every hour. */
async function lookForNewer(page: Page): Promise<void> {
  await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
}

async function everyScreenOpens(page: Page): Promise<void> {
  for (const route of ['letters', 'camera', 'upload', 'about']) {
    await page.evaluate((route) => void (window.location.hash = `#/${route}`), route);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await expect(page.locator('.screen-failed')).toHaveCount(0);
  }
}

test('an open page finds all its parts though another build was deployed', async ({ page, ownSite }) => {
  await firstVisit(page);
  ownSite.deploy(next);
  await everyScreenOpens(page);
  expect(await isNext(page)).toBe(false);
});

test('a newer build is offered, waits for an answer, and takes the drawing along', async ({ page, ownSite }) => {
  await firstVisit(page);
  ownSite.deploy(next);
  await lookForNewer(page);
  await expect(notice(page)).toHaveAttribute('data-topic', 'update');
  // Nothing happens by itself: the letter stands, and the parts of this build are there.
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
  expect(await isNext(page)).toBe(false);

  await notice(page).getByRole('button').first().click();
  await expect.poll(() => isNext(page), { timeout: 60_000 }).toBe(true);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef', { timeout: 60_000 });
  await expect.poll(() => inkOnCanvas(page)).toBeGreaterThan(0);
  // Once: a page that is loaded again by hand is clean.
  await page.reload();
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'idle');
});

test('a newer build that is put off comes by itself when the page was closed', async ({ page, context, ownSite }) => {
  await firstVisit(page);
  ownSite.deploy(next);
  await lookForNewer(page);
  await notice(page).getByRole('button').last().click();
  await expect(notice(page)).toHaveCount(0);
  await everyScreenOpens(page);
  await page.close();
  const later = await context.newPage();
  await expect
    .poll(
      async () => {
        await later.goto(ownSite.url);
        const is = await isNext(later);
        if (!is) await later.goto('about:blank');
        return is;
      },
      { timeout: 60_000 },
    )
    .toBe(true);
});

test('a tab that took the newer build leaves the other one its own', async ({ page, context, ownSite }) => {
  await firstVisit(page);
  const other = await context.newPage();
  await other.goto(ownSite.url);
  await readAlef(other);
  ownSite.deploy(next);
  await lookForNewer(page);
  await notice(page).getByRole('button').first().click();
  await expect.poll(() => isNext(page), { timeout: 60_000 }).toBe(true);

  // Of the older build, under the newer one's service worker, with the older files gone from the server.
  await expect(notice(other)).toHaveAttribute('data-topic', 'update');
  expect(await isNext(other)).toBe(false);
  await everyScreenOpens(other);
  await other.close();

  await page.reload();
  await installed(page);
  await expect
    .poll(() => page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith('ktav-shell'))), {
      timeout: 60_000,
    })
    .toHaveLength(1);
});

test('after an update the first visit without a server reads', async ({ page, ownSite, quietPage }) => {
  await firstVisit(page);
  ownSite.deploy(next);
  await lookForNewer(page);
  await notice(page).getByRole('button').first().click();
  await expect.poll(() => isNext(page), { timeout: 60_000 }).toBe(true);
  await ownSite.stop();
  quietPage.expectNoise(/ERR_CONNECTION_REFUSED|NetworkError|Failed to load resource/);
  await page.reload();
  await readAlef(page);
});
