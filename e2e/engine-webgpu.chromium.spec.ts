import type { BackendReport, EngineStatus } from '#inference/answer';
import { findBrowser } from '../scripts/find-browser.ts';
import { expect, test } from './harness/engine-site.ts';
import { chromiumArgs, softwareWebgpu } from './support/chromium.ts';

test.use({ launchOptions: { executablePath: findBrowser(), args: [...chromiumArgs, ...softwareWebgpu] } });

/** A software device takes seconds to compile its shaders. */
const PATIENCE = 120_000;

const webgpuOf = (status: EngineStatus): BackendReport | undefined =>
  'reports' in status ? status.reports.find(({ backend }) => backend === 'webgpu') : undefined;

// Whatever the policy forbids ends the test (support/test.ts): the runtime's `new Function` is never reached.
test('WebGPU by choice passes its self-test under the production policy, and says what WASM says', async ({
  page,
  engine,
}) => {
  await engine.open({ backend: 'webgpu' });
  const status = await engine.until('ready', PATIENCE);
  expect(status).toMatchObject({ backend: 'webgpu' });
  expect(webgpuOf(status)?.largestError).toBeLessThanOrEqual(1e-4);
  const drawn = await page.evaluate(() => window.engine.draw(1));
  expect(drawn).toMatchObject({ answer: { receipt: { backend: 'webgpu' } } });

  await engine.open({ backend: 'wasm' });
  await engine.until('ready');
  const same = await page.evaluate(() => window.engine.draw(1));
  if (!('answer' in drawn) || !('answer' in same)) throw new Error('one of them gave no answer');
  expect(drawn.answer.prediction).toMatchObject({ kind: 'letter' });
  expect(labelOf(drawn.answer.prediction)).toBe(labelOf(same.answer.prediction));
});

const labelOf = (prediction: object): unknown => ('label' in prediction ? prediction.label : null);

test('WebGPU device lost between two letters: WASM is loaded and reads the next', async ({ page, engine }) => {
  await engine.inWorker(`
    const requestDevice = GPUAdapter.prototype.requestDevice;
    GPUAdapter.prototype.requestDevice = async function (...args) {
      const device = await requestDevice.apply(this, args);
      self.addEventListener('message', ({ data }) => {
        if (data.in?.kind === 'ink' && data.in.ink[0][0].x === 26) device.destroy();
      });
      return device;
    }`);
  await engine.open({ backend: 'webgpu' });
  expect(await engine.until('ready', PATIENCE)).toMatchObject({ backend: 'webgpu' });
  // Seed 6 moves the first point to x = 26.
  expect(await page.evaluate(() => window.engine.draw(6))).toMatchObject({ answer: { receipt: { backend: 'wasm' } } });
  expect(webgpuOf(await engine.status())).toMatchObject({ state: 'failed', reason: 'context-lost' });
});

test('a browser that cannot pause WebAssembly: its 17 MB are not fetched, and WASM answers', async ({
  page,
  engine,
}) => {
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  await engine.inWorker('Reflect.deleteProperty(WebAssembly, "Suspending")');
  await engine.open({ backend: 'webgpu' });
  const status = await engine.until('ready');
  expect(status).toMatchObject({ backend: 'wasm' });
  expect(webgpuOf(status)).toMatchObject({ state: 'unavailable', reason: 'webgpu-unavailable' });
  expect(asked.filter((url) => /jspi/.test(url))).toEqual([]);
});
