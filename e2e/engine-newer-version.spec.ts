import { readFileSync } from 'node:fs';
import type { BrowserContext } from '@playwright/test';
import { hashOf, spoilt, utf8 } from '#model/package.fixture';
import { expect, test } from './harness/engine-site.ts';

const models = new URL('../public/models/', import.meta.url);
const read = (path: string): Uint8Array => Uint8Array.from(readFileSync(new URL(path, models)));
const parse = (path: string) => JSON.parse(new TextDecoder().decode(read(path)));

/**
 * Publishes a newer version of the served package: the same network in another file, by an unknown field that ONNX
 * allows. arrives() decides when its model file comes, and with which status.
 */
async function publishNewer(context: BrowserContext, arrives: () => Promise<number>): Promise<string> {
  const catalog = parse('catalog.json');
  const [{ id, versions }] = catalog.models;
  const serving = versions.find(({ status }: { status: string }) => status === 'serving');
  const folder = `${id}/${serving.version}`;
  const version = '9.0.0';
  // Field 500, length-delimited, one byte.
  const model = Uint8Array.from([...read(`${folder}/model.int8.onnx`), 0xa2, 0x1f, 1, 0]);
  const goldens = utf8(spoilt(parse(`${folder}/goldens.json`), 'version', version));
  const served = parse(`${folder}/manifest.json`);
  const at = served.files.findIndex(({ name }: { name: string }) => name === 'int8');
  const manifest = spoilt(served, 'version', version);
  spoilt(spoilt(manifest, `files.${at}.bytes`, model.length), `files.${at}.sha256`, hashOf(model));
  spoilt(spoilt(manifest, 'goldens.bytes', goldens.length), 'goldens.sha256', hashOf(goldens));
  const entry = {
    ...serving,
    version,
    manifest: `${id}/${version}/manifest.json`,
    manifestSha256: hashOf(utf8(manifest)),
    manifestBytes: utf8(manifest).length,
  };
  spoilt(catalog, 'models.0.versions', [{ ...serving, status: 'retired', share: 0 }, entry]);
  const files: Record<string, Uint8Array> = { 'manifest.json': utf8(manifest), 'goldens.json': goldens };
  await context.route('**/models/catalog.json', (route) => route.fulfill({ json: catalog }));
  await context.route(`**/models/${id}/${version}/*`, async (route) => {
    const name = new URL(route.request().url()).pathname.split('/').at(-1) ?? '';
    if (name !== 'model.int8.onnx') return route.fulfill({ body: Buffer.from(files[name] ?? []) });
    const status = await arrives();
    await route.fulfill(status === 200 ? { body: Buffer.from(model) } : { status });
  });
  return serving.version;
}

/** A device waits a second for a newer catalog: on a busy machine it is a later start that goes by it. */
const atALaterStart = { timeout: 90_000 };

const newest = { receipt: { version: '9.0.0' } };

test('a newer version is still downloading: the last good one answers, then the newer takes over', async ({
  page,
  engine,
}) => {
  await engine.open({ backend: 'wasm' });
  await engine.until('ready');
  let release: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (release = resolve));
  let asked = 0;
  const older = await publishNewer(page.context(), () => {
    asked++;
    return held.then(() => 200);
  });
  await expect(async () => {
    await engine.open({ backend: 'wasm' });
    expect(await engine.until('ready')).toMatchObject({ version: older, notes: [] });
    await expect.poll(() => asked, { timeout: 5000 }).toBeGreaterThan(0);
  }).toPass(atALaterStart);
  expect(await page.evaluate(() => window.engine.draw(1))).toMatchObject({ answer: { receipt: { version: older } } });
  release();
  await expect.poll(async () => engine.status()).toMatchObject({ phase: 'ready', version: '9.0.0' });
  expect(await page.evaluate(() => window.engine.draw(1))).toMatchObject({ answer: newest });
  // It lies on the device now, and needs nobody to stand in.
  await engine.open({ backend: 'wasm' });
  expect(await engine.until('ready')).toMatchObject({ version: '9.0.0' });
  const statuses = await page.evaluate(() => window.engine.statuses);
  expect(statuses.filter((status) => status.phase === 'ready' && status.version !== '9.0.0')).toEqual([]);
});

test('a newer version never comes: the last good one goes on, and says why', async ({ page, engine, quietPage }) => {
  quietPage.expectNoise(/404/);
  await engine.open({ backend: 'wasm' });
  await engine.until('ready');
  const older = await publishNewer(page.context(), async () => 404);
  await expect(async () => {
    await engine.open({ backend: 'wasm' });
    await engine.until('ready');
    await expect
      .poll(async () => engine.status(), { timeout: 10_000 })
      .toMatchObject({ phase: 'ready', version: older, notes: [{ code: 'file-missing' }] });
  }).toPass(atALaterStart);
  expect(await page.evaluate(() => window.engine.draw(1))).toMatchObject({ answer: { receipt: { version: older } } });
});
