import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { alef, predictionOf, write } from './hand.ts';
import { builtSite, openOwnSite } from './own-site.ts';
import type { OwnSite } from './own-site.ts';
import { test as base } from './test.ts';

/** Tests with a server of their own, whose pages may have a service worker. */
export const test = base.extend<{ ownSite: OwnSite }>({
  ownSite: async ({}, use) => {
    const site = await openOwnSite(builtSite());
    await use(site);
    await site.stop();
  },
  baseURL: async ({ ownSite }, use) => use(ownSite.url),
  serviceWorkers: 'allow',
});

/** The first letter, and what every later visit needs is kept. */
export async function firstVisit(page: Page): Promise<void> {
  await page.goto('./');
  await readAlef(page);
  await installed(page);
}

export async function readAlef(page: Page): Promise<void> {
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
}

/** The service worker has all it keeps. */
export async function installed(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready;
  });
  await expect.poll(() => page.evaluate(() => navigator.serviceWorker.controller?.state)).toBe('activated');
}

export { expect };
