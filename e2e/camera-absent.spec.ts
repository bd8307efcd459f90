import { picture, predictions } from './support/pictures.ts';
import { expect, test } from './support/test.ts';

test('a device without a camera says so in the person’s language, and takes a file instead', async ({ page }) => {
  await page.goto('./?lang=he#/camera');
  const problem = page.getByTestId('camera-problem');
  await expect(problem).toHaveAttribute('data-problem', /no-camera|denied/);
  await expect(problem).toHaveText(/[א-ת]/);
  await page.getByTestId('camera-file').setInputFiles(picture('alef.png'));
  await expect(predictions(page)).toHaveAttribute('data-label', 'alef', { timeout: 40_000 });
});

test('on an insecure address no camera is asked for', async ({ page }) => {
  await page.addInitScript(() => Object.defineProperty(window, 'isSecureContext', { get: () => false }));
  await page.goto('./?lang=en#/camera');
  await expect(page.getByTestId('camera-problem')).toHaveAttribute('data-problem', 'insecure');
  await expect(page.getByRole('button', { name: 'Try again' })).toHaveCount(0);
});
