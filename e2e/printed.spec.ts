import { expect, test } from './support/test.ts';

test('on paper the letters are dark, also by lamplight, and nothing is there to press', async ({ page }) => {
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  await page.goto('./?lang=en#/letters');
  await expect(page.getByTestId('letter')).toHaveCount(27);
  const ink = await page
    .locator('.example__stroke')
    .first()
    .evaluate((stroke) => getComputedStyle(stroke).stroke.match(/\d+/g)?.map(Number) ?? []);
  expect(ink).toHaveLength(3);
  expect(Math.max(...ink)).toBeLessThan(128);
  await expect(page.getByRole('navigation')).toBeHidden();
  await expect(page.locator('button:visible')).toHaveCount(0);
});
