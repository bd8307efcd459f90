import { expect, test } from './harness/engine-site.ts';

test('offline after the model is cached: the engine starts and reads', async ({ page, engine }) => {
  await engine.open({ backend: 'wasm' });
  await engine.until('ready');
  await page.context().route('**/models/**', (route) => route.abort('internetdisconnected'));
  await engine.open({ backend: 'wasm' });
  await engine.until('ready');
  expect(await page.evaluate(() => window.engine.draw(1))).toHaveProperty('answer');
});

test('offline on a first visit: it says so, and retry() goes on when the network is back', async ({
  page,
  engine,
  quietPage,
}) => {
  quietPage.expectNoise(/Failed to load resource/);
  await page.context().route('**/models/**', (route) => route.abort('internetdisconnected'));
  await engine.open({ backend: 'wasm' });
  expect(await engine.until('failed')).toMatchObject({ code: 'offline' });
  expect(await page.evaluate(() => window.engine.draw(1))).toMatchObject({ code: 'offline' });
  await page.context().unroute('**/models/**');
  await page.evaluate(() => window.engine.retry());
  await engine.until('ready');
  expect(await page.evaluate(() => window.engine.draw(1))).toHaveProperty('answer');
});

test('one bit of a model file flipped: it never runs', async ({ page, engine }) => {
  await page.context().route('**/*.onnx', async (route) => {
    const response = await route.fetch();
    const body = await response.body();
    const at = body.length >> 1;
    body[at] = (body[at] ?? 0) ^ 1;
    await route.fulfill({ response, body });
  });
  await engine.open();
  await expect
    .poll(async () => {
      const status = await engine.status();
      return 'reports' in status ? status.reports.find(({ backend }) => backend === 'wasm')?.reason : null;
    })
    .toBe('hash-mismatch');
  const answer = await page.evaluate(() => window.engine.draw(1));
  if ('answer' in answer) expect(answer.answer.receipt.backend).not.toBe('wasm');
  else expect(answer.code).toBe('hash-mismatch');
});

test('a catalog that is no catalog: refused with its place', async ({ engine, page }) => {
  await page.context().route('**/catalog.json', (route) => route.fulfill({ json: { schemaVersion: 99 } }));
  await engine.open();
  expect(await engine.until('failed')).toMatchObject({ code: 'catalog-invalid' });
});

test('a server without the runtime file: another backend, or a name for what is missing', async ({
  engine,
  page,
  quietPage,
}) => {
  quietPage.expectNoise(/404|wasm|falling back to ArrayBuffer|Aborted\(/i);
  await page.context().route('**/*.wasm', (route) => route.fulfill({ status: 404 }));
  await engine.open({ backend: 'wasm' });
  const status = await expect
    .poll(async () => (await engine.status()).phase, { timeout: 30_000 })
    .toMatch(/ready|failed/)
    .then(() => engine.status());
  const reports = 'reports' in status ? status.reports : [];
  expect(reports.find(({ backend }) => backend === 'wasm')).toMatchObject({ state: 'failed', reason: 'file-missing' });
});

for (const [where, onGraphicsCard] of [
  ['in memory', false],
  ['on the graphics card', true],
] as const) {
  test(`a picture of 36 megapixels ${where} is read`, async ({ engine, page }) => {
    // A graphics card made of software may take longer to hand 144 MB over than a worker may be silent.
    await engine.open({ backend: 'wasm' });
    await engine.until('ready');
    const answer = await page.evaluate((on) => window.engine.picture(6000, { onGraphicsCard: on }), onGraphicsCard);
    expect(answer).toHaveProperty('answer');
    if ('answer' in answer)
      test.info().annotations.push({ type: 'ms', description: String(answer.answer.timing.preprocess) });
  });
}
