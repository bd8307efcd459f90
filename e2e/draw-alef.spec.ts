import { alef, predictionOf, putDown, samekh, sheetOf, write } from './support/hand.ts';
import { expect, test } from './support/test.ts';
import { holdModels } from './support/held-models.ts';

test('a drawn alef is read as alef', async ({ page }) => {
  await page.goto('./');
  await write(page, alef);
  const prediction = predictionOf(page);
  await expect(prediction).toHaveAttribute('data-state', 'ready');
  await expect(prediction).toHaveAttribute('data-label', 'alef');
  const probability = Number(await prediction.getAttribute('data-probability'));
  expect(probability).toBeGreaterThan(0.5);
  expect(probability).toBeLessThanOrEqual(1);
  await expect(prediction).toHaveAttribute('data-model', /^[\w-]+@\d+\.\d+\.\d+/);
  await expect(prediction).toHaveAttribute('data-backend', /^(wasm|webgl|webgpu)$/);
  await expect(page.getByTestId('receipt')).toContainText('ms');
});

test('the five most probable letters come with it, in order, the first being the answer', async ({ page }) => {
  await page.goto('./');
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'ready');
  const candidates = await predictionOf(page)
    .getByTestId('candidate')
    .evaluateAll((all) =>
      all.map((one) => [one.getAttribute('data-label'), Number(one.getAttribute('data-probability'))] as const),
    );
  expect(candidates).toHaveLength(5);
  expect(candidates[0]?.[0]).toBe('alef');
  const probabilities = candidates.map(([, probability]) => probability);
  expect(probabilities).toEqual(probabilities.toSorted((a, b) => b - a));
  expect(probabilities[0]).toBe(Number(await predictionOf(page).getAttribute('data-probability')));
  await page.getByRole('button', { name: 'All letters' }).click();
  await expect(predictionOf(page).getByTestId('candidate')).toHaveCount(27);
});

test('answers come while the pen is still down', async ({ page }) => {
  await page.goto('./');
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'ready');
  const before = Number(await predictionOf(page).getAttribute('data-request'));
  await putDown(page, samekh[0] ?? []);
  await expect(sheetOf(page)).toHaveAttribute('data-pen', 'down');
  await expect.poll(async () => Number(await predictionOf(page).getAttribute('data-request'))).toBeGreaterThan(before);
  await page.mouse.up();
});

test('what is written before the model is there is read as soon as it is', async ({ page }) => {
  const release = await holdModels(page);
  await page.goto('./');
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'loading');
  release();
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'ready');
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
});

test('a model that cannot be fetched is told of, and the ink is read after trying again', async ({
  page,
  quietPage,
}) => {
  quietPage.expectNoise(/Failed to load resource/);
  await page.route('**/models/**', (route) => route.abort('internetdisconnected'));
  await page.goto('./');
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'error');
  await expect(predictionOf(page).getByRole('alert')).toContainText('drawing');
  await page.unroute('**/models/**');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
});

test('nothing on the page moves when the answer comes', async ({ page }) => {
  await page.addInitScript(() => {
    const shifts: number[] = [];
    Object.assign(window, { shifts });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) shifts.push((entry as PerformanceEntry & { value: number }).value);
    }).observe({ type: 'layout-shift', buffered: true });
  });
  await page.goto('./');
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'ready');
  await write(page, samekh);
  await page.waitForTimeout(500);
  const moved = await page.evaluate(() =>
    (window as unknown as { shifts: number[] }).shifts.reduce((a, b) => a + b, 0),
  );
  expect(moved).toBeLessThan(0.01);
});

test('what the model saw, and the card of the letter, can be opened', async ({ page }) => {
  await page.goto('./');
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'ready');
  await page.getByRole('button', { name: 'What the model saw' }).click();
  const raster = page.getByTestId('seen-raster');
  await expect(raster).toBeVisible();
  const dark = await raster.evaluate((canvas: HTMLCanvasElement) => {
    const data = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
    return [...data].filter((value, i) => i % 4 === 3 && value > 128).length;
  });
  expect(dark).toBeGreaterThan(50);
  await page.getByRole('button', { name: 'About this letter' }).click();
  await expect(page.getByRole('img', { name: 'How Alef is written' })).toBeVisible();
});
