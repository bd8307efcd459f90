import type { Page } from '@playwright/test';
import { alef, inkOnCanvas, sheetPlaces, predictionOf, samekh, sheetOf, write } from './support/hand.ts';
import { expect, test } from './support/test.ts';

test.beforeEach(async ({ page }) => {
  // Answers are compared to the last digit, so all must be of one backend.
  await page.goto('./?lang=en&backend=wasm');
});

/** The layers that come with the first answer are there: ink is counted on the canvases that stay. */
const layered = (page: Page): Promise<void> => expect(sheetOf(page).locator('canvas')).toHaveCount(2);

test('undo, redo and clear, by button and by key, are seen and are read anew', async ({ page }) => {
  const undo = page.getByRole('button', { name: 'Undo' });
  const redo = page.getByRole('button', { name: 'Redo' });
  await expect(undo).toBeDisabled();
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
  await layered(page);
  const whole = await inkOnCanvas(page);
  await undo.click();
  await expect.poll(() => inkOnCanvas(page)).toBeLessThan(whole);
  await expect(predictionOf(page)).not.toHaveAttribute('data-label', 'alef');
  await page.keyboard.press('Control+z');
  await expect.poll(() => inkOnCanvas(page)).toBe(0);
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'idle');
  await redo.click();
  await page.keyboard.press('Control+Shift+z');
  await expect.poll(() => inkOnCanvas(page)).toBe(whole);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
  await page.getByRole('button', { name: 'Clear the sheet' }).click();
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'idle');
  await undo.click();
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
});

test('the eraser takes the stroke it is dragged over, and undo brings it back; each is read anew', async ({ page }) => {
  const prediction = predictionOf(page);
  const readyProbability = async (): Promise<string | null> => {
    await expect(prediction).not.toHaveAttribute('data-state', 'loading');
    return prediction.getAttribute('data-probability');
  };
  await write(page, samekh);
  await expect(prediction).toHaveAttribute('data-label', 'samekh');
  const alone = await readyProbability();
  await layered(page);
  const ring = await inkOnCanvas(page);
  await write(page, [
    [
      [0.8, 0.2],
      [0.8, 0.8],
    ],
  ]);
  await expect.poll(() => inkOnCanvas(page)).toBeGreaterThan(ring);
  expect(await readyProbability()).not.toBe(alone);
  const both = await inkOnCanvas(page);
  await page.getByRole('button', { name: 'Stroke eraser' }).click();
  await write(page, [
    [
      [0.7, 0.5],
      [0.9, 0.5],
    ],
  ]);
  await expect.poll(() => inkOnCanvas(page)).toBe(ring);
  await expect(prediction).toHaveAttribute('data-label', 'samekh');
  expect(await readyProbability()).toBe(alone);
  await page.keyboard.press('Control+z');
  await expect.poll(() => inkOnCanvas(page)).toBe(both);
  expect(await readyProbability()).not.toBe(alone);
});

test('turning the phone and resizing the window keep the ink and the answer', async ({ page }) => {
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'ready');
  const before = await predictionOf(page).getAttribute('data-probability');
  for (const viewport of [
    { width: 740, height: 360 },
    { width: 360, height: 740 },
    { width: 1280, height: 800 },
  ]) {
    await page.setViewportSize(viewport);
    await expect.poll(() => inkOnCanvas(page)).toBeGreaterThan(100);
    await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
  }
  // Read anew at another size of the sheet, it is the same letter to within rounding.
  await page.setViewportSize({ width: 360, height: 740 });
  await write(page, samekh);
  await page.keyboard.press('Control+z');
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'ready');
  expect(Number(await predictionOf(page).getAttribute('data-probability'))).toBeCloseTo(Number(before), 2);
});

test('another screen and back: the ink is still there', async ({ page }) => {
  await write(page, alef);
  await layered(page);
  const ink = await inkOnCanvas(page);
  await page.getByRole('link', { name: 'Letters' }).click();
  await page.getByRole('link', { name: 'Draw' }).click();
  await expect.poll(() => inkOnCanvas(page)).toBe(ink);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
});

test('a cancelled pointer leaves what was written', async ({ page }) => {
  const [x, y] = (await sheetPlaces(page))([0.5, 0.5]);
  await sheetOf(page).evaluate(
    (sheet, [x, y]) => {
      const fire = (type: string, dx: number): boolean =>
        sheet.dispatchEvent(
          new PointerEvent(type, { pointerId: 7, pointerType: 'touch', clientX: x + dx, clientY: y, bubbles: true }),
        );
      fire('pointerdown', 0);
      fire('pointermove', 40);
      fire('pointercancel', 40);
      fire('pointermove', 80);
    },
    [x, y] as const,
  );
  await expect.poll(() => inkOnCanvas(page)).toBeGreaterThan(50);
  await expect(sheetOf(page)).toHaveAttribute('data-pen', 'up');
});

test('after a stylus has touched the sheet, touch no longer writes, until the toggle says so', async ({ page }) => {
  const stroke = (pointerType: string, at: number): Promise<void> =>
    sheetOf(page).evaluate(
      (sheet, { pointerType, at }) => {
        const box = sheet.getBoundingClientRect();
        for (const [type, y] of [
          ['pointerdown', 0.4],
          ['pointermove', 0.6],
          ['pointerup', 0.6],
        ] as const) {
          const clientX = box.left + at * box.width;
          const clientY = box.top + y * box.height;
          sheet.dispatchEvent(new PointerEvent(type, { pointerId: 9, pointerType, clientX, clientY, bubbles: true }));
        }
      },
      { pointerType, at },
    );
  await stroke('touch', 0.3);
  await expect.poll(() => inkOnCanvas(page)).toBeGreaterThan(50);
  await layered(page);
  const one = await inkOnCanvas(page);
  await stroke('pen', 0.5);
  await expect.poll(() => inkOnCanvas(page)).toBeGreaterThan(one * 1.5);
  const two = await inkOnCanvas(page);
  const toggle = page.getByRole('button', { name: 'Write with the stylus only' });
  await expect(toggle).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByText('Stylus found')).toBeVisible();
  await stroke('touch', 0.7);
  await page.waitForTimeout(100);
  expect(await inkOnCanvas(page)).toBe(two);
  await toggle.click();
  await stroke('touch', 0.7);
  await expect.poll(() => inkOnCanvas(page)).toBeGreaterThan(two);
});
