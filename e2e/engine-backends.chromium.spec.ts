import type { BackendReport, EngineStatus } from '#inference/answer';
import { expect, test } from './harness/engine-site.ts';

const reportsOf = (status: EngineStatus): readonly BackendReport[] => ('reports' in status ? status.reports : []);
const reportOf = (status: EngineStatus, backend: string): BackendReport | undefined =>
  reportsOf(status).find((report) => report.backend === backend);

test('first visit: WebGL answers while WASM loads, then WASM takes over', async ({ page, engine }) => {
  // WASM comes late enough for a letter to be read before it.
  let release = (): void => undefined;
  const read = new Promise<void>((resolve) => (release = resolve));
  await page.context().route('**/*.wasm', (route) => read.then(() => route.continue()));
  await engine.open();
  const first = await page.evaluate(() => window.engine.draw(1));
  release();
  expect(first).toMatchObject({ answer: { receipt: { backend: 'webgl' } } });
  await expect.poll(async () => engine.status()).toMatchObject({ phase: 'ready', backend: 'wasm' });
  expect(await page.evaluate(() => window.engine.draw(1))).toMatchObject({ answer: { receipt: { backend: 'wasm' } } });
});

test('first visit: WebGL compiles while its weights are on their way, and not again when they are there', async ({
  page,
  engine,
}) => {
  const said = { compiled: 0, 'compiled again': 0 };
  page.on('console', (message) => {
    const text = message.text();
    if (text === 'compiled' || text === 'compiled again') said[text]++;
  });
  await engine.inWorker(`
    const give = WebGL2RenderingContext.prototype.shaderSource;
    const given = new Set();
    WebGL2RenderingContext.prototype.shaderSource = function (shader, text) {
      if (!text.includes('gl_Position')) console.log(given.has(text) ? 'compiled again' : 'compiled');
      given.add(text);
      return give.call(this, shader, text);
    }`);
  let release = (): void => undefined;
  const compiled = new Promise<void>((resolve) => (release = resolve));
  await page.context().route('**/model.packed', (route) => compiled.then(() => route.continue()));
  await engine.open({ backend: 'webgl' });
  await expect.poll(() => said.compiled, { timeout: 90_000 }).toBeGreaterThan(5);
  release();
  expect(reportOf(await engine.until('ready', 90_000), 'webgl')).toMatchObject({ state: 'answering' });
  expect(await page.evaluate(() => window.engine.draw(1))).toMatchObject({ answer: { receipt: { backend: 'webgl' } } });
  // In one session about as many come again as come, from layers of one shape; a second session gives all of them again.
  expect(said['compiled again']).toBeLessThan(2 * said.compiled);
});

test('later visit: WASM answers alone, and no model file is fetched again', async ({ page, engine }) => {
  await engine.open();
  await expect.poll(async () => engine.status()).toMatchObject({ backend: 'wasm' });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await engine.open();
  const status = await engine.until('ready');
  expect(status).toMatchObject({ backend: 'wasm' });
  expect(reportOf(status, 'webgl')?.state).toBe('untried');
  expect(asked.filter((url) => /\.onnx|\.pack|goldens\.json|webgl/.test(url))).toEqual([]);
});

test('WebGL is within 1e-5 of the goldens', async ({ engine }) => {
  await engine.open({ backend: 'webgl' });
  const report = reportOf(await engine.until('ready'), 'webgl');
  expect(report?.state).toBe('answering');
  expect(report?.largestError).toBeLessThanOrEqual(1e-5);
});

test('WebGL context lost while it answers: WASM is loaded and reads the same letter', async ({ page, engine }) => {
  await engine.inWorker(`
    const getContext = OffscreenCanvas.prototype.getContext;
    const contexts = [];
    OffscreenCanvas.prototype.getContext = function (kind, ...rest) {
      const made = getContext.call(this, kind, ...rest);
      // It is asked for more than once, and a busy machine may say no to one of them.
      if (kind === 'webgl2' && made !== null) contexts.push(made);
      return made;
    };
    self.addEventListener('message', ({ data }) => {
      if (data.in?.kind !== 'ink' || data.in.ink[0][0].x !== 26) return;
      for (const context of contexts) context.getExtension('WEBGL_lose_context')?.loseContext();
    })`);
  await engine.open({ backend: 'webgl' });
  await engine.until('ready');
  expect(await page.evaluate(() => window.engine.draw(1))).toMatchObject({ answer: { receipt: { backend: 'webgl' } } });
  // Seed 6 moves the first point to x = 26.
  expect(await page.evaluate(() => window.engine.draw(6))).toMatchObject({ answer: { receipt: { backend: 'wasm' } } });
  const status = await engine.status();
  expect(reportOf(status, 'webgl')).toMatchObject({ state: 'failed', reason: 'context-lost' });
  expect(status).toMatchObject({ phase: 'ready', backend: 'wasm' });
});

test('WebAssembly blocked by policy: WebGL goes on answering, and the report says why', async ({
  page,
  engine,
  quietPage,
}) => {
  // The policy is made narrower on purpose, and what it blocks is reported.
  quietPage.expectNoise(
    /WebAssembly|wasm-unsafe-eval|Content Security Policy|policy broken: (csp-violation .*wasm-eval|script-src )/,
  );
  await page.context().route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch();
    const policy = (response.headers()['content-security-policy'] ?? '').replace("'wasm-unsafe-eval'", '');
    await route.fulfill({ response, headers: { ...response.headers(), 'content-security-policy': policy } });
  });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await engine.open();
  await expect.poll(async () => reportOf(await engine.status(), 'wasm')?.reason).toBe('wasm-blocked');
  const status = await engine.status();
  expect(status).toMatchObject({ phase: 'ready', backend: 'webgl' });
  expect(await page.evaluate(() => window.engine.draw(1))).toMatchObject({ answer: { receipt: { backend: 'webgl' } } });
  expect(asked.filter((url) => url.endsWith('.wasm'))).toEqual([]);
});

test('neither WebAssembly nor WebGL: a clear end, and questions are answered with it', async ({ page, engine }) => {
  await engine.inWorker(`
    Reflect.deleteProperty(self, 'WebAssembly');
    OffscreenCanvas.prototype.getContext = () => null`);
  await engine.open();
  const status = await engine.until('failed');
  expect(status).toMatchObject({ code: 'no-backend' });
  expect(reportOf(status, 'wasm')).toMatchObject({ state: 'unavailable', reason: 'wasm-blocked' });
  expect(reportOf(status, 'webgl')).toMatchObject({ state: 'unavailable', reason: 'webgl-unavailable' });
  expect(await page.evaluate(() => window.engine.draw(1))).toMatchObject({ code: 'no-backend' });
});

test('no WebGL: WASM answers', async ({ engine }) => {
  await engine.inWorker(`
    const getContext = OffscreenCanvas.prototype.getContext;
    OffscreenCanvas.prototype.getContext = function (kind, ...rest) {
      return kind.startsWith('webgl') ? null : getContext.call(this, kind, ...rest);
    }`);
  await engine.open();
  expect(await engine.until('ready')).toMatchObject({ backend: 'wasm' });
  await expect
    .poll(async () => reportOf(await engine.status(), 'webgl'))
    .toMatchObject({ state: 'unavailable', reason: 'webgl-unavailable' });
});

test('a WebGL that is silently wrong never answers', async ({ page, engine }) => {
  await engine.inWorker(`
    const read = WebGL2RenderingContext.prototype.readPixels;
    WebGL2RenderingContext.prototype.readPixels = function (...args) {
      read.apply(this, args);
      const values = args.find((value) => value instanceof Float32Array);
      if (values !== undefined && values.length > 1) values[0] += 0.6;
    }`);
  await engine.open();
  expect(await page.evaluate(() => window.engine.draw(1))).toMatchObject({ answer: { receipt: { backend: 'wasm' } } });
  // WASM may have been the faster one.
  await expect
    .poll(async () => reportOf(await engine.status(), 'webgl'))
    .toMatchObject({ state: 'failed', reason: 'self-test-failed' });
});

test('later visit: WASM answers on the word of the last self-test, and is tested again after the answer', async ({
  page,
  engine,
}) => {
  await engine.open({ backend: 'wasm' });
  await engine.until('ready');
  // From now on WASM is silently wrong, and WebGL is not.
  await engine.inWorker(`
    let isWebgl = false;
    const read = WebGL2RenderingContext.prototype.readPixels;
    WebGL2RenderingContext.prototype.readPixels = function (...args) {
      isWebgl = true;
      return read.apply(this, args);
    };
    const from = Float32Array.from;
    Float32Array.from = function (values, ...rest) {
      const made = from.call(this, values, ...rest);
      if (!isWebgl && values instanceof Float32Array) made[0] += 100;
      return made;
    }`);
  await engine.open({ backend: 'wasm' });
  await engine.until('ready');
  const before = await page.evaluate(() => window.engine.statuses.map(({ phase }) => phase));
  expect(before).not.toContain('testing');
  await expect.poll(async () => engine.status()).toMatchObject({ phase: 'ready', backend: 'webgl' });
  expect(reportOf(await engine.status(), 'wasm')).toMatchObject({ state: 'failed', reason: 'self-test-failed' });
  expect(await page.evaluate(() => window.engine.draw(1))).toMatchObject({ answer: { receipt: { backend: 'webgl' } } });

  // Nothing speaks for it any more: in the next visit the test comes first.
  await engine.open({ backend: 'wasm' });
  expect(await engine.until('ready')).toMatchObject({ backend: 'webgl' });
  const backends = await page.evaluate(() =>
    window.engine.statuses.map((status) => 'backend' in status && status.backend),
  );
  expect(backends).not.toContain('wasm');
});

test('WebGPU is fetched only when it is asked for; without an adapter another backend answers', async ({
  page,
  engine,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await engine.open({ backend: 'webgpu' });
  const status = await engine.until('ready');
  const webgpu = reportOf(status, 'webgpu');
  if (webgpu?.state !== 'answering') {
    expect(webgpu).toMatchObject({ state: 'unavailable', reason: 'webgpu-unavailable' });
    expect(asked.filter((url) => /jspi/.test(url))).toEqual([]);
    expect(status).toMatchObject({ backend: 'wasm' });
  }
});
