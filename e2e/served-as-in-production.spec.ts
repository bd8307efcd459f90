import { headersOf, ofDocuments, securityHeaders } from '../deploy/headers.ts';
import { expect, test } from './support/test.ts';

test('the page, its threads and what is missing carry every security header', async ({ page, request }) => {
  const engine = page.waitForEvent('worker');
  await page.goto('./');
  for (const path of ['./', 'index.html', 'sw.js', (await engine).url(), 'icon.svg', 'no-such-file.png']) {
    const headers = (await request.get(path)).headers();
    for (const [name, value] of Object.entries(securityHeaders))
      expect([path, headers[name.toLowerCase()]]).toEqual([path, value]);
  }
});

test('parts of the page carry those that say something of parts', async ({ page, request }) => {
  await page.goto('./');
  const script = (await page.locator('script[type=module]').getAttribute('src')) ?? '';
  for (const path of [script, 'models/catalog.json', 'icons/icon-192.png']) {
    const headers = (await request.get(path)).headers();
    for (const [name, value] of Object.entries(headersOf(`/${path.replace('./', '')}`, 200)))
      expect([path, headers[name.toLowerCase()]]).toEqual([path, value]);
    for (const name of ofDocuments) expect([path, headers[name.toLowerCase()]]).toEqual([path, undefined]);
  }
});

test('hashed assets are kept for good, the page is asked for again', async ({ page, request }) => {
  await page.goto('./');
  const script = await page.locator('script[type=module]').getAttribute('src');
  expect((await request.get('./')).headers()['cache-control']).toBe('no-cache');
  expect((await request.get(script ?? '')).headers()['cache-control']).toContain('immutable');
});

test('the page is isolated, so that WASM may use threads', async ({ page }) => {
  await page.goto('./');
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});
