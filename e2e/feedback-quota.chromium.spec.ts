import { openRecords, savedId, turnOn } from './support/feedback.ts';
import { alef, predictionOf, write } from './support/hand.ts';
import { expect, test } from './support/test.ts';

test('without room nothing is called saved and the answer stays; with room it is saved after all', async ({
  page,
  context,
  baseURL,
}) => {
  const browser = await context.newCDPSession(page);
  const origin = new URL(baseURL ?? '').origin;
  await page.goto('./?lang=en');
  // Before the database is there: Chromium remembers for a while how much room it found for one.
  await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 1 });
  await turnOn(page);
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
  await page.getByTestId('feedback-right').click();
  const problem = page.getByTestId('feedback-problem');
  await expect(problem).toHaveAttribute('data-problem', 'quota-exceeded');
  await expect(problem).toContainText('Not saved: Alef');
  await expect(page.getByTestId('feedback-saved')).toHaveCount(0);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
  await browser.send('Storage.overrideQuotaForOrigin', { origin });
  await page.getByTestId('feedback-retry').click();
  await savedId(page);
  await openRecords(page);
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-kept', '1');
});
