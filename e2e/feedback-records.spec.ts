import type { Page } from '@playwright/test';
import { violationsOn } from './support/audit.ts';
import { exportedLines, openRecords, savedId, turnOn } from './support/feedback.ts';
import { alef, predictionOf, samekh, write } from './support/hand.ts';
import { expect, test } from './support/test.ts';

/** An alef that was right, and a samekh that is called final mem. */
async function twoRecords(page: Page): Promise<void> {
  await page.goto('./?lang=en');
  await turnOn(page);
  await page.getByTestId('feedback-advance').click();
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
  await page.getByTestId('feedback-right').click();
  const first = await savedId(page);
  await write(page, samekh);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'samekh');
  await page.getByTestId('feedback-wrong').click();
  await page.locator('[data-testid="feedback-choice"][data-label="final-mem"]').click();
  await expect(page.getByTestId('feedback-saved')).not.toHaveAttribute('data-id', first);
  await openRecords(page);
  await expect(page.getByTestId('record')).toHaveCount(2);
}

test('records are shown the newest first, narrowed by letter, verdict and state, and in the order of doubt', async ({
  page,
}) => {
  await twoRecords(page);
  const labels = () =>
    page.getByTestId('record').evaluateAll((all) => all.map((one) => one.getAttribute('data-label')));
  await expect.poll(labels).toEqual(['final-mem', 'alef']);
  await page.getByTestId('filter-label').selectOption('alef');
  await expect.poll(labels).toEqual(['alef']);
  await page.getByRole('button', { name: 'Show all' }).click();
  await page.getByTestId('filter-verdict').selectOption('corrected');
  await expect.poll(labels).toEqual(['final-mem']);
  await page.getByTestId('filter-state').selectOption('sent');
  await expect(page.getByText('No record is like that.')).toBeVisible();
  await page.getByRole('button', { name: 'Show all' }).click();
  await expect.poll(labels).toEqual(['final-mem', 'alef']);
  const certainty = (await exportedLines(page)).map((line) => {
    const { top } = line['prediction'] as { top: { probability: number }[] };
    return { label: line['label'], certainty: top[0]?.probability ?? 0 };
  });
  await page.getByTestId('feedback-order').selectOption('least-certain');
  const inDoubt = certainty.toSorted((a, b) => a.certainty - b.certainty).map(({ label }) => label);
  await expect.poll(labels).toEqual(inDoubt);
});

test('a record is opened by keyboard, changed to another letter, and waits again as a new revision', async ({
  page,
}) => {
  await twoRecords(page);
  await page.getByTestId('record').first().focus();
  await page.keyboard.press('ArrowRight');
  await expect(page.getByTestId('record').nth(1)).toBeFocused();
  await page.keyboard.press('Enter');
  const dialog = page.getByTestId('record-dialog');
  await expect(dialog).toContainText('Alef');
  await page.getByTestId('record-change').click();
  await expect(page.getByTestId('feedback-choice').first()).toBeVisible();
  await page.keyboard.press('KeyA');
  await expect(dialog).toContainText('Shin (corrected)');
  await page.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByTestId('record').nth(1)).toHaveAttribute('data-label', 'shin');
  const changed = (await exportedLines(page)).find(({ label }) => label === 'shin');
  expect(changed).toMatchObject({ revision: 1, verdict: 'corrected', prediction: { label: 'alef' } });
});

test('a record is withdrawn', async ({ page }) => {
  await twoRecords(page);
  await page.getByTestId('record').first().click();
  await page.getByTestId('record-withdraw').click();
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-kept', '1');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('record')).toHaveAttribute('data-label', 'alef');
});

test('everything is deleted, once it was confirmed; an export brings it back', async ({ page }) => {
  await twoRecords(page);
  await page.getByRole('button', { name: 'Export and import' }).click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-records').click()]);
  expect(download.suggestedFilename()).toMatch(/^ktav-feedback-\d{4}-\d\d-\d\d\.zip$/);
  const file = await download.path();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByTestId('delete-all').click();
  await page.getByRole('button', { name: 'Keep it' }).click();
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-kept', '2');
  await page.getByTestId('delete-all').click();
  await page.getByTestId('delete-all-yes').click();
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-kept', '0');
  await expect(page.getByText('No records yet.')).toBeVisible();
  await page.reload();
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-kept', '0');
  await page.getByRole('button', { name: 'Export and import' }).click();
  await page.getByTestId('import-records').setInputFiles(file);
  await expect(page.getByTestId('move-result')).toContainText('New: 2. Already here: 0. Refused: 0.');
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-kept', '2');
  await page.getByTestId('import-records').setInputFiles(file);
  await expect(page.getByTestId('move-result')).toContainText('New: 0. Already here: 2. Refused: 0.');
});

test('a file that is no export is refused, and says why', async ({ page }) => {
  await page.goto('./?lang=en#/feedback');
  await page.getByRole('button', { name: 'Export and import' }).click();
  const file = { name: 'x.zip', mimeType: 'application/zip', buffer: Buffer.from('no records here') };
  await page.getByTestId('import-records').setInputFiles(file);
  await expect(page.getByTestId('move-result')).toContainText('The file was not imported');
});

test('a place of one’s own is checked before it is used, and is kept', async ({ page }) => {
  await page.goto('./?lang=en#/feedback');
  await page.getByRole('button', { name: 'Where records go' }).click();
  await page.getByText('A place of my own').click();
  await page.getByTestId('target-url').fill('http://insecure.example.org/');
  await page.getByTestId('target-save').click();
  await expect(page.getByText('must begin with https://')).toBeVisible();
  await page.getByTestId('target-url').fill('https://bucket.example.org/');
  await page.getByTestId('target-save').click();
  await expect(page.getByText('From now on records go there.')).toBeVisible();
  await page.reload();
  await page.getByTestId('feedback-toggle').click();
  await expect(page.getByRole('dialog')).toContainText('To https://bucket.example.org/');
});

for (const language of ['en', 'he']) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${language}, ${colorScheme}`, () => {
      test.use({ colorScheme });

      test('axe finds nothing on consent, question, letters, records and settings', async ({ page }) => {
        test.slow();
        const audit = async (where: string): Promise<void> => {
          expect(await violationsOn(page), where).toEqual([]);
        };
        await page.goto(`./?lang=${language}`);
        await page.getByTestId('feedback-toggle').click();
        await expect(page.getByTestId('feedback-consent')).toBeEnabled();
        await audit('consent');
        await page.getByTestId('feedback-consent').click();
        await write(page, alef);
        await expect(predictionOf(page)).toHaveAttribute('data-state', 'ready');
        await audit('question');
        await page.getByTestId('feedback-wrong').click();
        await audit('letters');
        await page.getByTestId('feedback-choice').first().click();
        await savedId(page);
        await audit('saved');
        await openRecords(page);
        await expect(page.getByTestId('record')).toBeVisible();
        for (const trigger of await page.locator('.feedback-panels .panel__trigger').all()) await trigger.click();
        await page.getByTestId('target-own').click();
        await expect(page.getByTestId('target-url')).toBeVisible();
        await audit('records');
        await page.getByTestId('record').click();
        await expect(page.getByTestId('record-withdraw')).toBeVisible();
        await audit('record');
      });
    });
  }
}
