import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { plantedRuntime } from '../scripts/trim-runtime/planted.fixture.ts';
import { expect, firstVisit, readAlef, test } from './support/installed.ts';
import { builtSite } from './support/own-site.ts';

test.describe.configure({ timeout: 300_000 });

const NO_NETWORK = /ERR_CONNECTION_REFUSED|NetworkError|Failed to load resource/;

async function runsOn(page: Page, runtime: 'trimmed' | 'full'): Promise<void> {
  await page.goto('./?lang=en#/about');
  await expect(page.locator(`[data-testid=backend][data-state=answering][data-runtime=${runtime}]`)).toBeVisible();
  const words = runtime === 'full' ? 'the full runtime' : 'the small runtime';
  await expect(page.getByText(words)).toBeVisible();
}

/** The runtimes that are kept, by the beginnings of their names. */
const kept = (page: Page): Promise<readonly string[]> =>
  page.evaluate(async () => {
    const name = (await caches.keys()).find((one) => one.startsWith('ktav-runtime-'));
    const files = name === undefined ? [] : await (await caches.open(name)).keys();
    return files.map(({ url }) => url.replace(/^.*\/assets\/|-[\w-]{8}\.wasm$/g, '')).toSorted();
  });

test('with the server gone it reads on the trimmed runtime, which is all that is kept', async ({
  page,
  ownSite,
  quietPage,
}) => {
  await firstVisit(page);
  expect(await kept(page)).toEqual(['ort-trimmed']);
  await ownSite.stop();
  quietPage.expectNoise(NO_NETWORK);
  await page.reload();
  await readAlef(page);
  await runsOn(page, 'trimmed');
});

test('the trimmed runtime traps on the first visit: with the server gone, the full one reads', async ({
  page,
  ownSite,
  quietPage,
}) => {
  const site = builtSite();
  const file = readdirSync(join(site, 'assets')).find((name) => /^ort-trimmed-.*\.wasm$/.test(name));
  if (file === undefined) throw new Error('this build has no trimmed runtime');
  writeFileSync(join(site, 'assets', file), await plantedRuntime(join(site, 'models'), 'opening'));
  ownSite.deploy(site);
  await firstVisit(page);
  await expect.poll(() => kept(page)).toContain('ort-wasm-simd-threaded');
  await ownSite.stop();
  quietPage.expectNoise(NO_NETWORK);
  await page.reload();
  await readAlef(page);
  await runsOn(page, 'full');
});
