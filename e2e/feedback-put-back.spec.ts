import { openRecords, savedId, turnOn } from './support/feedback.ts';
import { alef, predictionOf, write } from './support/hand.ts';
import { expect, test } from './support/test.ts';

test('the browser throws its records away: what was not sent is put back, which the page says', async ({
  page,
  quietPage,
}) => {
  await page.goto('./?lang=en');
  await turnOn(page);
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
  await page.getByTestId('feedback-right').click();
  const id = await savedId(page);

  // Where no page of the app is open, which would be in the way; Chromium asks for the icon of a picture.
  quietPage.expectNoise(/404/);
  await page.goto('./icon.svg');
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.deleteDatabase('ktav-feedback /');
        request.addEventListener('success', () => resolve());
        request.addEventListener('error', () => reject(request.error));
      }),
  );

  await page.goto('./?lang=en');
  await openRecords(page);
  await expect(page.getByTestId('feedback-restored')).toHaveAttribute('data-count', '1');
  await expect(page.getByTestId('feedback-restored')).toContainText('The browser had lost its records');
  await expect(page.getByTestId('record')).toHaveAttribute('data-id', id);
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-waiting', '1');

  await page.getByTestId('record').click();
  await page.getByTestId('record-withdraw').click();
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-kept', '0');
  await page.reload();
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-kept', '0');
  await expect(page.getByTestId('feedback-restored')).toHaveCount(0);
});
