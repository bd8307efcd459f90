import type { Page } from '@playwright/test';
import { openRecords, savedId } from './support/feedback.ts';
import { alef, predictionOf, write } from './support/hand.ts';
import { expect, test } from './support/test.ts';

/** The site names an inbox of its own; what it answers to a PUT is up to the test. */
async function siteWithInbox(page: Page, answer: () => number): Promise<{ readonly puts: string[] }> {
  const puts: string[] = [];
  const config = { schemaVersion: 1, sync: { profile: 'nginx', baseUrl: '/inbox', app: 'ktav' } };
  await page.route('**/config.json', (route) => route.fulfill({ json: config }));
  await page.route('**/inbox/**', async (route) => {
    puts.push(`${route.request().method()} ${new URL(route.request().url()).pathname}`);
    await route.fulfill({ status: answer() });
  });
  return { puts };
}

async function judgeOne(page: Page): Promise<void> {
  await page.getByTestId('feedback-toggle').click();
  await expect(page.getByRole('dialog')).toContainText('/inbox, to train the next version');
  await page.getByTestId('feedback-consent').click();
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
  await page.getByTestId('feedback-right').click();
  await savedId(page);
}

test('what was agreed to be sent is sent, and shown as sent', async ({ page }) => {
  const { puts } = await siteWithInbox(page, () => 201);
  await page.goto('./?lang=en');
  await judgeOne(page);
  await openRecords(page);
  await page.getByTestId('sync-now').click();
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-sent', '1');
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-waiting', '0');
  await expect(page.getByTestId('record')).toHaveAttribute('data-state', 'sent');
  // From now on nothing may say that a picture goes nowhere.
  await page.locator('a[href="#/upload"]').click();
  await expect(page.getByText('the letter goes to the place that you agreed to')).toBeVisible();
  expect(new Set(puts).size).toBe(1);
  expect(puts[0]).toMatch(/^PUT \/inbox\/feedback\/ktav\/\d{4}-\d\d-\d\d\/[\da-f]{64}\.ndjson$/);
});

test('what the target refuses is shown with its status, and offered again by hand', async ({ page, quietPage }) => {
  quietPage.expectNoise(/403/);
  let status = 403;
  await siteWithInbox(page, () => status);
  await page.goto('./?lang=en');
  await judgeOne(page);
  await openRecords(page);
  await page.getByTestId('sync-now').click();
  await expect(page.getByTestId('parked')).toHaveAttribute('data-status', '403');
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-refused', '1');
  status = 201;
  await page.getByTestId('sync-now').click();
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-sent', '1');
  await expect(page.getByTestId('parked')).toHaveCount(0);
});

test('a place that the page’s policy does not name is told as that, and nothing is lost', async ({
  page,
  quietPage,
}) => {
  quietPage.expectNoise(/Content Security Policy|policy broken: (connect-src|csp-violation)/);
  await page.goto('./?lang=en#/feedback');
  await page.getByRole('button', { name: 'Where records go' }).click();
  await page.getByText('A place of my own').click();
  await page.getByTestId('target-url').fill('https://bucket.example.org/');
  await page.getByTestId('target-save').click();
  await expect(page.getByText('From now on records go there.')).toBeVisible();
  await page.getByRole('link', { name: 'Draw' }).click();
  await page.getByTestId('feedback-toggle').click();
  await page.getByTestId('feedback-consent').click();
  await write(page, alef);
  await page.getByTestId('feedback-right').click();
  await savedId(page);
  await openRecords(page);
  await page.getByTestId('sync-now').click();
  await expect(page.getByTestId('sync')).toHaveAttribute('data-problem', 'forbidden');
  await expect(page.getByTestId('sync')).toContainText('not allowed to send there');
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-waiting', '1');
});

test('nothing leaves while it is off, nor to a place that was not agreed to', async ({ page }) => {
  const { puts } = await siteWithInbox(page, () => 201);
  await page.addInitScript(() => {
    // Someone who agreed at a time when the site named another place.
    const agreed = { feedback: true, feedbackConsent: 'https://earlier.example.org/inbox' };
    if (localStorage.getItem('ktav.preferences.1') === null)
      localStorage.setItem('ktav.preferences.1', JSON.stringify(agreed));
  });
  await page.goto('./?lang=en');
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
  await page.getByTestId('feedback-right').click();
  await savedId(page);
  await openRecords(page);
  await expect(page.getByTestId('sync-now')).toBeDisabled();
  await expect(page.getByTestId('sync')).toContainText('You have not agreed to that');
  // Longer than it waits after a save before it sends by itself.
  await page.waitForTimeout(5000);
  expect(puts).toEqual([]);
  await page.getByRole('button', { name: 'Read and decide' }).click();
  await page.getByTestId('feedback-consent').click();
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-sent', '1');
});
