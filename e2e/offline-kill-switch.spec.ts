import { cpSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, firstVisit, readAlef, test } from './support/installed.ts';
import { builtSite } from './support/own-site.ts';

test.describe.configure({ timeout: 300_000 });

const off = JSON.stringify({ schemaVersion: 1, serviceWorker: false });

test('config.json retires the service worker, and the next visit clears up after it', async ({ page, ownSite }) => {
  await firstVisit(page);
  ownSite.answer('/config.json', off);
  await page.reload();
  await expect.poll(() => page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  // The page that was open when it went still has all its parts.
  await readAlef(page);

  await page.reload();
  await expect
    .poll(() => page.evaluate(async () => (await caches.keys()).filter((name) => !name.startsWith('ktav-model'))))
    .toEqual([]);
  expect(await page.evaluate(() => navigator.serviceWorker.controller)).toBeNull();
  await readAlef(page);
});

test('a build whose page does not run at all is retired too', async ({ page, context, ownSite }) => {
  await firstVisit(page);
  const sound = builtSite();
  const broken = mkdtempSync(join(tmpdir(), 'ktav-broken-'));
  cpSync(sound, broken, { recursive: true });
  writeFileSync(join(broken, 'index.html'), '<!doctype html><title>Broken</title>');
  // As every build does: another list, another service worker.
  const worker = join(broken, 'sw.js');
  writeFileSync(
    worker,
    readFileSync(worker, 'utf8').replace(/("url":"index\.html"[^}]*|"revision":")(\w{8})/, '$100000000'),
  );
  ownSite.deploy(broken);
  await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration())?.update()));
  await expect(page.getByTestId('notice')).toHaveAttribute('data-topic', 'update');
  await page.close();

  const next = await context.newPage();
  await expect
    .poll(
      async () => {
        await next.goto('about:blank');
        await next.goto(ownSite.url);
        return next.title();
      },
      { timeout: 60_000, intervals: [1000] },
    )
    .toBe('Broken');
  // What is on the server now helps nobody who is served from the cache, until the switch is thrown.
  ownSite.deploy(sound);
  await next.reload();
  expect(await next.title()).toBe('Broken');
  ownSite.answer('/config.json', off);
  await next.reload();
  await expect
    .poll(() => next.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length), {
      timeout: 60_000,
    })
    .toBe(0);
  await next.reload();
  await readAlef(next);
});
