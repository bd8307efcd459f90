import { fileURLToPath } from 'node:url';
import { expect } from '@playwright/test';
import type { Locator, Page } from '@playwright/test';

/** Path of a picture in e2e/fixtures/pictures/. */
export const picture = (name: string): string =>
  fileURLToPath(new URL(`../fixtures/pictures/${name}`, import.meta.url));

export const predictions = (page: Page): Locator => page.getByTestId('prediction');

/** Opens the upload screen. */
export async function openUpload(page: Page, query = ''): Promise<void> {
  await page.goto(`./${query}#/upload`);
  await expect(page.getByTestId('drop-zone')).toBeVisible();
}

export async function upload(page: Page, ...names: readonly string[]): Promise<void> {
  await page.getByTestId('upload').setInputFiles(names.map(picture));
}

/** The engine has answered once, so what is measured from now on is the picture's alone. */
export async function warmUp(page: Page): Promise<void> {
  await upload(page, 'alef.png');
  await expect(predictions(page)).toHaveAttribute('data-label', 'alef', { timeout: 40_000 });
}

/** Milliseconds until every picture of a selection has its verdict. */
export async function timeToVerdict(page: Page, ...names: readonly string[]): Promise<number> {
  const start = Date.now();
  await upload(page, ...names);
  await expect(page.getByRole('article', { name: names[0] ?? '' }).first()).toBeVisible();
  await page.waitForFunction(
    () =>
      [...document.querySelectorAll<HTMLElement>('[data-testid="prediction"]')].every(({ dataset }) =>
        ['ready', 'abstained', 'error'].includes(dataset['state'] ?? ''),
      ),
    null,
    { polling: 20 },
  );
  return Date.now() - start;
}
