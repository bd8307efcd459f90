import { alef, predictionOf, write } from './support/hand.ts';
import { expect, test } from './support/test.ts';

/** In front of the worker's own code: WebAssembly is silently wrong from now on, and there is no WebGL. */
const spoilt = `
  const from = Float32Array.from;
  Float32Array.from = function (values, ...rest) {
    const made = from.call(this, values, ...rest);
    if (values instanceof Float32Array) made[0] += 100;
    return made;
  };
  const getContext = OffscreenCanvas.prototype.getContext;
  OffscreenCanvas.prototype.getContext = function (kind, ...rest) {
    return kind.startsWith('webgl') ? null : getContext.call(this, kind, ...rest);
  }`;

test('WebAssembly fails the test that follows the first answer, and there is no WebGL: the page says so unasked', async ({
  page,
}) => {
  await page.goto('./?lang=en&backend=wasm');
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');

  await page.context().route('**/assets/worker-*.js', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `${spoilt};\n${await response.text()}` });
  });
  await page.reload();
  await write(page, alef);
  // Nothing more is asked of it.
  await expect(predictionOf(page)).toHaveAttribute('data-error', 'self-test-failed', { timeout: 60_000 });
  await expect(predictionOf(page).getByRole('alert')).toContainText('wrong');
  await expect(predictionOf(page).getByRole('button', { name: 'Try again' })).toBeVisible();

  await page.getByRole('link', { name: 'About' }).click();
  await expect(page.getByTestId('engine')).toHaveAttribute('data-phase', 'failed');
  const stateOf = (name: string) => expect(page.getByTestId('backend').filter({ hasText: name }));
  await stateOf('WebAssembly').toHaveAttribute('data-state', 'failed');
  await stateOf('WebGL').toHaveAttribute('data-state', 'unavailable');
});
