import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';

/** Turns the questions on, with consent. */
export async function turnOn(page: Page): Promise<void> {
  await page.getByTestId('feedback-toggle').click();
  await page.getByTestId('feedback-consent').click();
  await expect(page.getByTestId('feedback-right')).toBeVisible();
}

/** The id of the record that was saved last; waits for its commit. */
export async function savedId(page: Page): Promise<string> {
  const saved = page.getByTestId('feedback-saved');
  await expect(saved).toBeVisible();
  const id = await saved.getAttribute('data-id');
  expect(id).toMatch(/^[\da-f]{8}-[\da-f]{4}-7[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/);
  return id ?? '';
}

/** Goes to the feedback screen, and waits until the records are counted. */
export async function openRecords(page: Page): Promise<void> {
  await page.locator('a[href="#/feedback"]').click();
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-kept', /\d/);
}

/** What the exported lines hold, as anyone may read them. */
export async function exportedLines(page: Page): Promise<readonly Record<string, unknown>[]> {
  const panel = page.getByRole('button', { name: 'Export and import' });
  if ((await panel.getAttribute('aria-expanded')) !== 'true') await panel.click();
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByTestId('export-lines').click()]);
  const stream = await download.createReadStream();
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(Buffer.from(chunk as Buffer));
  const text = Buffer.concat(chunks).toString('utf8');
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
