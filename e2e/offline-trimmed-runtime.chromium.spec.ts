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

/** Takes a runtime off this device, or puts other bytes in its place. */
const spoil = (page: Page, name: string, bytes: 'none' | 'others'): Promise<void> =>
  page.evaluate(
    async ([file, what]) => {
      const cacheName = (await caches.keys()).find((one) => one.startsWith('ktav-runtime-')) ?? '';
      const cache = await caches.open(cacheName);
      for (const request of await cache.keys()) {
        if (!request.url.includes(file)) continue;
        if (what === 'none') await cache.delete(request);
        else {
          const whole = new Uint8Array(await ((await cache.match(request)) ?? new Response()).arrayBuffer());
          // In the middle of its data, which is most of it: WebAssembly itself has nothing against it.
          whole[whole.length - 100_000] = (whole[whole.length - 100_000] ?? 0) ^ 1;
          await cache.put(
            request,
            new Response(whole, { headers: { 'Content-Type': 'application/wasm', Spoilt: '1' } }),
          );
        }
      }
    },
    [name, bytes] as const,
  );

const isSpoilt = (page: Page): Promise<boolean> =>
  page.evaluate(async () => {
    const cache = await caches.open((await caches.keys()).find((one) => one.startsWith('ktav-runtime-')) ?? '');
    return (await cache.matchAll()).some(({ headers }) => headers.has('Spoilt'));
  });

/** A visit that has all that is kept in the end. */
async function completeVisit(page: Page): Promise<void> {
  await firstVisit(page);
  await expect.poll(() => kept(page), { timeout: 60_000 }).toEqual(['ort-opened', 'ort-trimmed']);
}

test('with the server gone it reads on what has the model open, and on nothing else', async ({
  page,
  ownSite,
  quietPage,
}) => {
  await completeVisit(page);
  await spoil(page, 'ort-trimmed', 'none');
  await ownSite.stop();
  quietPage.expectNoise(NO_NETWORK);
  await page.reload();
  await readAlef(page);
  await runsOn(page, 'trimmed');
});

test('where data is to be saved, what has the model open is not downloaded, and offline it reads all the same', async ({
  page,
  ownSite,
  quietPage,
}) => {
  await page.addInitScript(() => {
    const connection: unknown = Reflect.get(navigator, 'connection');
    if (connection instanceof EventTarget) Object.defineProperty(connection, 'saveData', { value: true });
  });
  await firstVisit(page);
  expect(await kept(page)).toEqual(['ort-trimmed']);
  expect(ownSite.asked.filter((path) => path.includes('ort-opened'))).toEqual([]);
  await ownSite.stop();
  quietPage.expectNoise(NO_NETWORK);
  await page.reload();
  await readAlef(page);
  await runsOn(page, 'trimmed');
});

test('of what has the model open a bit was turned: the trimmed one reads, and it is forgotten', async ({
  page,
  ownSite,
  quietPage,
}) => {
  await completeVisit(page);
  await spoil(page, 'ort-opened', 'others');
  expect(await isSpoilt(page)).toBe(true);
  await ownSite.stop();
  quietPage.expectNoise(NO_NETWORK);
  await page.reload();
  await readAlef(page);
  await runsOn(page, 'trimmed');
  // The browser may have it from its own cache by now, as it was.
  expect(await isSpoilt(page)).toBe(false);
});

test('with the server gone it reads on the trimmed runtime alone', async ({ page, ownSite, quietPage }) => {
  await completeVisit(page);
  await spoil(page, 'ort-opened', 'none');
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
