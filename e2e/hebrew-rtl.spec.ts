import { alef, predictionOf, write } from './support/hand.ts';
import { expect, test } from './support/test.ts';

test('?lang=he speaks Hebrew from right to left', async ({ page }) => {
  await page.goto('./?lang=he');
  const html = page.locator('html');
  await expect(html).toHaveAttribute('lang', 'he');
  await expect(html).toHaveAttribute('dir', 'rtl');
  await expect(page).toHaveTitle('כתב');
  const [brand, theme] = await Promise.all([
    page.locator('.brand').boundingBox(),
    page.getByTestId('theme').boundingBox(),
  ]);
  expect(brand?.x).toBeGreaterThan(theme?.x ?? Number.POSITIVE_INFINITY);
});

test('the answer is in Hebrew, and its bars begin at the right', async ({ page }) => {
  await page.goto('./?lang=he');
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
  await expect(predictionOf(page)).toContainText('אָלֶף');
  const list = await page.locator('.candidates__list').boundingBox();
  const bar = await page.locator('.candidate__bar').nth(1).boundingBox();
  expect(Math.round((bar?.x ?? 0) + (bar?.width ?? 0))).toBe(Math.round((list?.x ?? 0) + (list?.width ?? 0)));
});

test('sizes are in Hebrew, so that no unit changes places with its number', async ({ page }) => {
  await page.goto('./?lang=he');
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
  await page.goto('./?lang=he#/about');
  const model = page.locator('[data-testid=kept][data-kind=model]');
  await expect(model).toContainText(/\d [קמ]״ב/);
  await expect(model).not.toContainText(/[kM]B/);
});

test('the switch changes the language at once, keeps the drawing, and outlives a reload', async ({ page }) => {
  await page.goto('./?lang=en');
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
  await page.getByTestId('language').click();
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('lang', 'he');
});

test.describe('a browser that prefers Hebrew', () => {
  test.use({ locale: 'he-IL' });
  test('gets Hebrew without asking', async ({ page }) => {
    await page.goto('./');
    await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
    await expect(page.getByRole('link', { name: 'אותיות' })).toBeVisible();
  });
});
