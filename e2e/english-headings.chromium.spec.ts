import type { Locator, Page } from '@playwright/test';
import { expect, firstVisit, readAlef, test } from './support/installed.ts';

/** The heading that each screen begins with; on the first one it is there for ears alone. */
const headingOf = (page: Page): Locator => page.getByRole('heading', { level: 1 });

/** The typefaces that the browser drew an element's text with. */
async function drawnWith(page: Page, selector: string): Promise<string[]> {
  // The first screen comes in parts.
  await page.locator(selector).waitFor();
  const session = await page.context().newCDPSession(page);
  await session.send('DOM.enable');
  await session.send('CSS.enable');
  const { root } = await session.send('DOM.getDocument');
  const { nodeId } = await session.send('DOM.querySelector', { nodeId: root.nodeId, selector });
  const { fonts } = await session.send('CSS.getPlatformFontsForNode', { nodeId });
  await session.detach();
  return fonts.map(({ familyName }) => familyName);
}

/** Whether it was asked for: not by the service worker, which keeps all, but for this page's letters. */
const stateOf = (page: Page): Promise<string | undefined> =>
  page.evaluate(() => [...document.fonts].find(({ family }) => family.includes('Frank Ruhl Latin'))?.status);

test('English headings have their typeface from the first screen that is opened after an answer', async ({ page }) => {
  await page.goto('./?lang=en');
  await readAlef(page);
  expect(await stateOf(page)).toBe('unloaded');
  await page.goto('./?lang=en#/about');
  await expect(headingOf(page)).toBeVisible();
  await expect.poll(() => drawnWith(page, 'h1')).toEqual(['Frank Ruhl Libre']);
});

test('a page that is kept has it from the start', async ({ page }) => {
  await firstVisit(page);
  await page.reload();
  await expect.poll(() => drawnWith(page, '.brand__name')).toEqual(['Frank Ruhl Libre']);
});

test('a Hebrew page never asks for it', async ({ page }) => {
  await page.goto('./?lang=he');
  await readAlef(page);
  await page.goto('./?lang=he#/about');
  await expect(headingOf(page)).toBeVisible();
  await page.evaluate(() => document.fonts.ready);
  expect(await drawnWith(page, 'h1')).toContain('Frank Ruhl Libre');
  expect(await stateOf(page)).toBe('unloaded');
});
