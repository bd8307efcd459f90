import { securityHeaders } from '../deploy/headers.ts';
import { expect, test } from './support/test.ts';

test('every answer carries the security headers', async ({ request }) => {
  for (const path of ['./', 'index.html', 'no-such-file.png']) {
    const headers = (await request.get(path)).headers();
    for (const [name, value] of Object.entries(securityHeaders)) expect(headers[name.toLowerCase()]).toBe(value);
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
