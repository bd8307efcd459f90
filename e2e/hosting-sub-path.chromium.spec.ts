import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openHost } from './support/host.ts';
import type { Host } from './support/host.ts';
import { expect, installed, readAlef } from './support/installed.ts';
import { builtSite } from './support/own-site.ts';
import { test as base } from './support/test.ts';

/** As GitHub Pages answers: ten minutes for everything, open to other origins, and none of our headers. */
const asPages = { 'Cache-Control': 'max-age=600', 'Access-Control-Allow-Origin': '*' };

/** The same build twice at one host, under /ktav/ and under /trial/. */
const test = base.extend<{ pages: Host }>({
  pages: async ({}, use) => {
    const root = mkdtempSync(join(tmpdir(), 'ktav-pages-'));
    const site = builtSite();
    for (const path of ['ktav', 'trial']) cpSync(site, join(root, path), { recursive: true });
    const host = await openHost(root, () => asPages);
    await use(host);
    await host.stop();
    for (const folder of [root, site]) rmSync(folder, { recursive: true, force: true });
  },
  baseURL: async ({ pages }, use) => use(`${pages.origin}/ktav/`),
  serviceWorkers: 'allow',
});

test.describe.configure({ timeout: 300_000 });

test('under /ktav/, without a header of ours, a letter is read, and with the host gone again', async ({
  page,
  pages,
  quietPage,
}) => {
  await page.goto(`${pages.origin}/ktav`);
  expect(page.url()).toBe(`${pages.origin}/ktav/`);
  await readAlef(page);
  await installed(page);
  // Nothing outside the folder is asked for, so nothing depends on whose the rest of the host is.
  expect(pages.asked.filter((path) => path !== '/ktav' && !path.startsWith('/ktav/'))).toEqual([]);
  // What is missing for that is COOP and COEP; no backend needs it.
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);

  await pages.stop();
  quietPage.expectNoise(/ERR_CONNECTION_REFUSED|Failed to load resource/);
  await page.reload();
  await readAlef(page);
});

test('two copies at one host have a service worker and a store each', async ({ page, context, pages }) => {
  await page.goto('./');
  await readAlef(page);
  await installed(page);
  const before = await page.evaluate(async () => (await caches.keys()).toSorted());

  const other = await context.newPage();
  await other.goto(`${pages.origin}/trial/`);
  await readAlef(other);
  await installed(other);
  const scopes = await other.evaluate(async () =>
    (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => new URL(scope).pathname).toSorted(),
  );
  expect(scopes).toEqual(['/ktav/', '/trial/']);
  const after = await other.evaluate(async () => (await caches.keys()).toSorted());
  expect(after).toEqual(expect.arrayContaining(before));
  expect(after.length).toBeGreaterThan(before.length);
});
