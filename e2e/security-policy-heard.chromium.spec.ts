import type { Worker } from '@playwright/test';
import { expect, installed, test } from './support/installed.ts';
import type { QuietPage } from './support/test.ts';

/**
 * Every browser test fails on a broken policy. Here one is broken on purpose in each place that a policy holds in, and
 * what fails the tests must have heard of it.
 */
const anywhereElse = 'https://elsewhere.invalid/';
const ask = (url: string): Promise<unknown> => fetch(url).catch(() => undefined);

async function hears(quietPage: QuietPage): Promise<void> {
  await expect.poll(() => quietPage.unexpected().join('\n')).toMatch(/policy broken: (connect-src|csp-violation)/);
  quietPage.expectNoise(/policy broken|Content Security Policy|asked: https:\/\/elsewhere\.invalid/);
}

test('in the page', async ({ page, quietPage }) => {
  await page.goto('./');
  await page.evaluate(ask, anywhereElse);
  await hears(quietPage);
});

test('in another page beside it', async ({ page, context, quietPage }) => {
  await page.goto('./');
  const other = await context.newPage();
  await other.goto(page.url());
  await other.evaluate(ask, anywhereElse);
  await hears(quietPage);
});

test('in the worker of the engine', async ({ page, quietPage }) => {
  await page.goto('./');
  await expect.poll(() => page.workers().length).toBeGreaterThan(0);
  await page.workers()[0]?.evaluate(ask, anywhereElse);
  await hears(quietPage);
});

test('in the service worker', async ({ page, context, quietPage }) => {
  await page.goto('./');
  await installed(page);
  await expect.poll(() => context.serviceWorkers().length).toBe(1);
  const [worker] = context.serviceWorkers() as [Worker];
  await worker.evaluate(ask, anywhereElse);
  await hears(quietPage);
});

test('in a service worker that breaks it before anyone listens', async ({ page, ownSite, quietPage }) => {
  ownSite.answer('/sw.js', `fetch('${anywhereElse}').catch(() => undefined); addEventListener('fetch', () => {});`);
  await page.goto('./');
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await hears(quietPage);
});
