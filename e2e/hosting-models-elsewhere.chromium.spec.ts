import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheControl, headersFor } from '../deploy/headers.ts';
import { alef, predictionOf, write } from './support/hand.ts';
import { openHost } from './support/host.ts';
import type { HeadersOfHost, Host } from './support/host.ts';
import { expect, installed, readAlef } from './support/installed.ts';
import { builtSite } from './support/own-site.ts';
import { test as base } from './support/test.ts';

type Elsewhere = {
  /** The build without models/, whose config.json names the other origin. */
  readonly app: Host;
  /** models/ alone, at the root of an origin of its own, as a bucket has it. */
  readonly models: Host;
};

/** May the models be read by other origins, and may the page go there? */
type Allowed = { readonly byCors: boolean; readonly byPolicy: boolean };

const test = base.extend<Elsewhere & { allowed: Allowed }>({
  allowed: [{ byCors: true, byPolicy: true }, { option: true }],
  models: async ({ allowed }, use) => {
    const site = builtSite();
    const cors: HeadersOfHost = () => (allowed.byCors ? { 'Access-Control-Allow-Origin': '*' } : {});
    const host = await openHost(join(site, 'models'), cors);
    await use(host);
    await host.stop();
    rmSync(site, { recursive: true, force: true });
  },
  app: async ({ allowed, models }, use) => {
    const site = builtSite();
    rmSync(join(site, 'models'), { recursive: true });
    const config = { schemaVersion: 1, catalogUrl: `${models.origin}/catalog.json` };
    writeFileSync(join(site, 'config.json'), JSON.stringify(config));
    const headers = headersFor(allowed.byPolicy ? [models.origin] : []);
    const host = await openHost(site, (path, status) => ({ ...headers, 'Cache-Control': cacheControl(path, status) }));
    await use(host);
    await host.stop();
    rmSync(site, { recursive: true, force: true });
  },
  baseURL: async ({ app }, use) => use(`${app.origin}/`),
  serviceWorkers: 'allow',
});

test.describe.configure({ timeout: 300_000 });

test('the models come from another origin that the policy names, and are kept like our own', async ({
  page,
  app,
  models,
  quietPage,
}) => {
  quietPage.expectNoise(new RegExp(`^asked: ${models.origin}/`));
  await page.goto('./');
  await readAlef(page);
  await installed(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  expect(models.asked).toEqual(expect.arrayContaining(['/catalog.json', '/catalog.json.sig']));
  expect(models.asked.some((path) => path.endsWith('/manifest.json'))).toBe(true);
  expect(app.asked.filter((path) => path.startsWith('/models/'))).toEqual([]);

  await Promise.all([app.stop(), models.stop()]);
  quietPage.expectNoise(/ERR_CONNECTION_REFUSED|Failed to load resource/);
  await page.reload();
  await readAlef(page);
});

for (const [what, allowed] of [
  ['that the policy does not name', { byCors: true, byPolicy: false }],
  ['that does not let other origins read', { byCors: false, byPolicy: true }],
] as const) {
  test.describe(() => {
    test.use({ allowed });
    test(`an origin ${what} is told as a model that could not be had`, async ({ page, models, quietPage }) => {
      quietPage.expectNoise(new RegExp(`${models.origin}/|Failed to load resource|policy broken: connect-src`));
      await page.goto('./');
      await write(page, alef);
      await expect(predictionOf(page)).toHaveAttribute('data-state', 'error', { timeout: 60_000 });
      await expect(predictionOf(page)).toHaveAttribute('data-error', /./);
      expect(models.asked.filter((path) => path.endsWith('.packed') || path.endsWith('.onnx'))).toEqual([]);
    });
  });
}
