import { alef, predictionOf, write } from './support/hand.ts';
import { expect, test } from './support/test.ts';

/** WebKitGTK says so where the system has no language set; Intl throws at it. */
function speakNone(): void {
  Object.defineProperty(Navigator.prototype, 'language', { get: () => 'C' });
  Object.defineProperty(Navigator.prototype, 'languages', { get: () => ['C'] });
}

test('a browser without a language of its own: the page comes in English, and reads', async ({ page }) => {
  await page.addInitScript(speakNone);
  await page.goto('./');
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
});
