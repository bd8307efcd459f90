import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import type { BackendReport, EngineStatus } from '#inference/answer';
import { plantedRuntime } from '../scripts/trim-runtime/planted.fixture.ts';
import { expect, test } from './harness/engine-site.ts';
import { serveOwnModel } from './support/own-model.ts';

const models = fileURLToPath(new URL('../public/models', import.meta.url));
const FULL = /ort-wasm-simd-threaded-[\w-]+\.wasm$/;
/** What the browser and ONNX Runtime log where a .wasm file cannot be had. */
const NOT_HAD =
  /Failed to load resource|wasm streaming compile failed|ArrayBuffer instantiation|prepare wasm|Aborted\(NetworkError/;
const TRIMMED = /ort-trimmed-[\w-]+\.wasm$/;

const wasmOf = (status: EngineStatus): BackendReport | undefined =>
  'reports' in status ? status.reports.find(({ backend }) => backend === 'wasm') : undefined;

/** The .wasm files that are asked for from now on. */
function runtimesAsked(page: Page): string[] {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.wasm')) asked.push(request.url());
  });
  return asked;
}

/** In place of the trimmed runtime: one that lacks what the models need. */
async function plant(page: Page, goes: 'starting' | 'opening'): Promise<void> {
  const body = Buffer.from(await plantedRuntime(models, goes));
  await page.context().route(TRIMMED, (route) => route.fulfill({ body, contentType: 'application/wasm' }));
}

test('the served model runs on the trimmed runtime, bit by bit as its goldens say', async ({ page, engine }) => {
  const asked = runtimesAsked(page);
  await engine.open({ backend: 'wasm' });
  const status = await engine.until('ready', 60_000);
  expect(wasmOf(status)).toMatchObject({ state: 'answering', runtime: 'trimmed', largestError: 0 });
  expect(asked).toEqual([expect.stringMatching(TRIMMED)]);
});

for (const goes of ['starting', 'opening'] as const) {
  test(`an operator is missing past ${goes}: the full runtime answers, now and in later visits`, async ({
    page,
    engine,
  }) => {
    await plant(page, goes);
    await engine.open({ backend: 'wasm' });
    expect(wasmOf(await engine.until('ready', 60_000))).toMatchObject({ runtime: 'full', largestError: 0 });
    const drawn = await page.evaluate(() => window.engine.draw(1));
    expect(drawn).toMatchObject({ answer: { receipt: { backend: 'wasm' } } });

    const asked = runtimesAsked(page);
    await engine.open({ backend: 'wasm' });
    expect(wasmOf(await engine.until('ready', 60_000))).toMatchObject({ runtime: 'full' });
    expect(asked).toEqual([expect.stringMatching(FULL)]);
  });
}

test('a trap in the middle of a letter: the full runtime reads that letter', async ({ page, engine }) => {
  // Whatever of the runtime is called first after the letter came, stops as at a missing function.
  await engine.inWorker(`
    const start = WebAssembly.instantiateStreaming;
    let armed = false;
    const trapping = (call) => (...args) => {
      if (!armed) return call(...args);
      armed = false;
      throw new WebAssembly.RuntimeError('unreachable');
    };
    WebAssembly.instantiateStreaming = async (...args) => {
      const { module, instance } = await start.apply(WebAssembly, args);
      const own = Object.entries(instance.exports).map(([name, value]) =>
        [name, typeof value === 'function' ? Object.assign(trapping(value)) : value]);
      return { module, instance: { exports: Object.fromEntries(own) } };
    };
    self.addEventListener('message', ({ data }) => {
      if (data.in?.kind === 'ink' && data.in.ink[0][0].x === 26) armed = true;
    })`);
  await engine.open({ backend: 'wasm' });
  expect(wasmOf(await engine.until('ready', 60_000))).toMatchObject({ runtime: 'trimmed' });
  const before = await page.evaluate(() => window.engine.draw(1));
  expect(before).toMatchObject({ answer: { receipt: { backend: 'wasm' } } });
  // Seed 6 moves the first point to x = 26.
  const drawn = await page.evaluate(() => window.engine.draw(6));
  expect(drawn).toMatchObject({ answer: { receipt: { backend: 'wasm' } } });
  expect(wasmOf(await engine.status())).toMatchObject({ state: 'answering', runtime: 'full' });
});

test('the trimmed runtime traps, and there is no network for the full one: WebGL answers, and the list says why', async ({
  page,
  engine,
  quietPage,
}) => {
  quietPage.expectNoise(NOT_HAD);
  await plant(page, 'opening');
  await page.context().route(FULL, (route) => route.abort('internetdisconnected'));
  await engine.open({ backend: 'wasm' });
  const status = await engine.until('ready', 60_000);
  expect(status).toMatchObject({ backend: 'webgl' });
  expect(wasmOf(status)).toMatchObject({ state: 'failed', reason: 'offline' });
});

test('the same without WebGL: it says that the network is missing', async ({ page, engine, quietPage }) => {
  quietPage.expectNoise(NOT_HAD);
  await plant(page, 'opening');
  await page.context().route(FULL, (route) => route.abort('internetdisconnected'));
  await engine.inWorker('OffscreenCanvas.prototype.getContext = () => null');
  await engine.open({ backend: 'wasm' });
  expect(await engine.until('failed', 60_000)).toMatchObject({ code: 'offline' });
});

test('the trimmed runtime cannot be had: the full one answers, and the trimmed one is tried again', async ({
  page,
  engine,
  quietPage,
}) => {
  quietPage.expectNoise(NOT_HAD);
  await page.context().route(TRIMMED, (route) => route.abort());
  await engine.open({ backend: 'wasm' });
  expect(wasmOf(await engine.until('ready', 60_000))).toMatchObject({ runtime: 'full' });
  await page.context().unroute(TRIMMED);
  await engine.open({ backend: 'wasm' });
  expect(wasmOf(await engine.until('ready', 60_000))).toMatchObject({ runtime: 'trimmed' });
});

test("an operator's own model, which nothing was trimmed for, runs on the full runtime", async ({ page, engine }) => {
  const label = (letter: string) => ({ name: `letter-${letter}`, letter, title: { en: letter, he: letter } });
  await serveOwnModel(page.context(), [label('x'), label('y'), label('z')]);
  await engine.open({ backend: 'wasm' });
  const status = await engine.until('ready', 60_000);
  expect(status).toMatchObject({ model: 'fixture', backend: 'wasm' });
  expect(wasmOf(status)).toMatchObject({ runtime: 'full' });
});
