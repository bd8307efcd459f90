import type { Page } from '@playwright/test';
import { inkOnCanvas, predictionOf, sheetOf } from './support/hand.ts';
import { expect, test } from './support/test.ts';

async function tabTo(page: Page, isThere: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 40; i++) {
    if (await isThere()) return;
    await page.keyboard.press('Tab');
  }
  throw new Error('40 times Tab do not lead there');
}

const sheetFocused = (page: Page) => (): Promise<boolean> =>
  sheetOf(page).evaluate((sheet) => sheet === document.activeElement);

async function press(page: Page, key: string, times: number): Promise<void> {
  for (let i = 0; i < times; i++) await page.keyboard.press(key);
}

test('the skip link leads past the navigation', async ({ page }) => {
  await page.goto('./?lang=en');
  await expect(sheetOf(page)).toBeVisible();
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('main')).toBeFocused();
  await page.keyboard.press('Tab');
  await expect(sheetOf(page)).toBeFocused();
});

test('a vav is written, read, mended and cleared without a pointer', async ({ page }) => {
  await page.goto('./?lang=en');
  await expect(sheetOf(page).locator('canvas').first()).toBeAttached();
  await tabTo(page, sheetFocused(page));
  await expect(page.getByTestId('key-pen')).toBeVisible();
  await press(page, 'ArrowLeft', 4);
  await page.keyboard.press('Space');
  await expect(page.getByTestId('key-pen')).toHaveAttribute('data-pen', 'down');
  await press(page, 'ArrowDown', 15);
  await page.keyboard.press('Space');
  await expect(predictionOf(page)).toHaveAttribute('data-state', /ready|abstained/);
  const candidates = await page
    .getByTestId('candidate')
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-label')));
  expect(candidates.slice(0, 3)).toContain('vav');
  // The layers that come with the first answer count ink a little otherwise than the canvas before them.
  await expect(sheetOf(page).locator('canvas')).toHaveCount(2);
  const ink = await inkOnCanvas(page);
  expect(ink).toBeGreaterThan(50);

  await page.keyboard.press('Control+z');
  await expect.poll(() => inkOnCanvas(page)).toBe(0);
  await page.keyboard.press('Control+y');
  await expect.poll(() => inkOnCanvas(page)).toBe(ink);
  await page.keyboard.press('e');
  await expect(page.getByRole('button', { name: 'Stroke eraser' })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Space');
  await expect.poll(() => inkOnCanvas(page)).toBe(0);
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Delete');
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'idle');
});

test('Tab leaves the sheet, and lifts the pen', async ({ page }) => {
  await page.goto('./?lang=en');
  await tabTo(page, sheetFocused(page));
  await page.keyboard.press('Space');
  await press(page, 'ArrowDown', 3);
  await page.keyboard.press('Tab');
  await expect(sheetOf(page)).not.toBeFocused();
  await expect(sheetOf(page)).toHaveAttribute('data-pen', 'up');
});

test('the question mark shows all keys, Escape closes them and gives the focus back', async ({ page }) => {
  await page.goto('./?lang=en');
  await tabTo(page, sheetFocused(page));
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keys for the sheet' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
  await expect(sheetOf(page)).toBeFocused();
});

test('every screen is reached, and the new one is where reading goes on', async ({ page }) => {
  await page.goto('./?lang=en');
  for (const name of ['Letters', 'About', 'Upload', 'Camera', 'Draw']) {
    await page.getByRole('link', { name, exact: true }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('link', { name, exact: true })).toHaveAttribute('aria-current', 'page');
    await expect(page.getByRole('main')).toBeFocused();
  }
});

test('theme and language are switched by keys', async ({ page }) => {
  await page.goto('./?lang=en');
  await page.getByTestId('theme').focus();
  await page.keyboard.press('Enter');
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.getByTestId('language').focus();
  await page.keyboard.press('Space');
  await expect(page.locator('html')).toHaveAttribute('lang', 'he');
});
