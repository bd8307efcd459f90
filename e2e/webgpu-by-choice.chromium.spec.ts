import type { Locator, Page } from '@playwright/test';
import { findBrowser } from '../scripts/find-browser.ts';
import { chromiumArgs, softwareWebgpu } from './support/chromium.ts';
import { alef, predictionOf, write } from './support/hand.ts';
import { predictions, upload } from './support/pictures.ts';
import { expect, test } from './support/test.ts';

// The whole page as it is served, with its policy: whatever that forbids ends the test (support/test.ts).
test.use({ launchOptions: { executablePath: findBrowser(), args: [...chromiumArgs, ...softwareWebgpu] } });
test.describe.configure({ timeout: 300_000 });

/** A software device takes seconds to compile its shaders, and many more where others use the machine. */
const PATIENCE = 180_000;

/** The story of WebGPU on the about screen. */
const storyOf = (page: Page, name: string): Locator =>
  page.getByTestId('backend').filter({ has: page.getByRole('heading', { name }) });

const runtimesAsked = (page: Page): string[] => {
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('.wasm')) asked.push(request.url());
  });
  return asked;
};

/** Code in front of the worker's own: what its browser is like cannot be changed from the page. */
async function inWorker(page: Page, code: string): Promise<void> {
  await page.context().route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${code};\n${await response.text()}` });
  });
}

test('?backend=webgpu: a drawn letter and pictures are read on WebGPU, which passed its self-test', async ({
  page,
}) => {
  const asked = runtimesAsked(page);
  await page.goto('./?backend=webgpu&lang=en');
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'ready', { timeout: PATIENCE });
  await expect(predictionOf(page)).toHaveAttribute('data-backend', 'webgpu');
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
  await expect(page.getByTestId('receipt')).toContainText('WebGPU');

  await page.getByRole('link', { name: 'About' }).click();
  const webgpu = storyOf(page, 'WebGPU');
  await expect(webgpu).toHaveAttribute('data-state', 'answering');
  const error = webgpu.getByText('Largest error').locator('xpath=following-sibling::dd[1]');
  // In logits, over the goldens that were run: a tenth of what goldens.json allows WebGPU.
  await expect(error).toHaveText(/^\d/);
  expect(Number(await error.textContent())).toBeLessThanOrEqual(1e-4);

  // The file input is there on every screen, and leads to the upload screen.
  await upload(page, 'shin.jpg', 'bet.avif', 'shadowedPhoto.jpg');
  for (const [index, label] of ['shin', 'bet', 'nun'].entries()) {
    await expect(predictions(page).nth(index)).toHaveAttribute('data-label', label, { timeout: PATIENCE });
    await expect(predictions(page).nth(index)).toHaveAttribute('data-backend', 'webgpu');
  }
  // Nothing stood in for it: no other runtime was so much as asked for. (The page itself asks a second time, to keep it.)
  expect(asked.length).toBeGreaterThan(0);
  expect(asked.filter((url) => !/\.jspi-[\w-]+\.wasm$/.test(url))).toEqual([]);
});

const absences = [
  {
    what: 'the browser has no WebGPU',
    code: `Object.defineProperty(navigator, 'gpu', { value: undefined })`,
    words: 'this browser has no WebGPU in workers',
  },
  {
    what: 'the device has no adapter',
    code: `GPU.prototype.requestAdapter = () => Promise.resolve(null)`,
    words: 'this device has no adapter for WebGPU',
  },
] as const;

for (const { what, code, words } of absences) {
  test(`?backend=webgpu and ${what}: WebAssembly reads, and a person sees why`, async ({ page }) => {
    const asked = runtimesAsked(page);
    await inWorker(page, code);
    await page.goto('./?backend=webgpu&lang=en');
    await write(page, alef);
    await expect(predictionOf(page)).toHaveAttribute('data-state', 'ready', { timeout: PATIENCE });
    await expect(predictionOf(page)).toHaveAttribute('data-backend', 'wasm');
    await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');

    await page.getByRole('link', { name: 'About' }).click();
    const webgpu = storyOf(page, 'WebGPU');
    await expect(webgpu).toHaveAttribute('data-state', 'unavailable');
    await expect(webgpu).toContainText('This browser offers no WebGPU that Ktav can use.');
    await expect(webgpu).toContainText(words);
    await expect(storyOf(page, 'WebAssembly')).toHaveAttribute('data-state', 'answering');
    expect(asked.filter((url) => url.includes('jspi'))).toEqual([]);
  });
}
