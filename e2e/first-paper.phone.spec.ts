import type { Page } from '@playwright/test';
import { sheetOf } from './support/hand.ts';
import { expect, test } from './support/test.ts';

/** Whole CSS pixels: where an element stands, and how large it is. */
const placeOf = (page: Page, selector: string): Promise<readonly (readonly number[])[]> =>
  page.locator(selector).evaluateAll((all) =>
    all.map((one) => {
      const { x, y, width } = one.getBoundingClientRect();
      return [x, y, width].map(Math.round);
    }),
  );

/** What is answered under these addresses waits until it is let through. */
async function held(page: Page, addresses: string): Promise<() => void> {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  await page.route(addresses, async (route) => {
    await opened;
    await route.continue();
  });
  return () => open();
}

for (const lang of ['en', 'he']) {
  test(`the ruled paper is there before any script, and the sheet takes its place: ${lang}`, async ({ page }) => {
    const letThrough = await held(page, '**/assets/*.js');
    await page.goto(`./?lang=${lang}`, { waitUntil: 'commit' });
    await expect(page.locator('.first-paper .sheet')).toBeVisible();
    const paper = await placeOf(page, '.first-paper .sheet');
    const rules = await placeOf(page, '.first-paper__rules line');
    expect(rules).toHaveLength(4);
    letThrough();
    await expect(sheetOf(page)).toBeVisible();
    await expect(page.locator('.first-paper')).toHaveCount(0);
    expect(await placeOf(page, '[data-testid=draw-surface]')).toEqual(paper);
    const ruled = await placeOf(page, '.sheet__rule');
    expect(ruled).toHaveLength(rules.length);
    for (const [i, [, y = 0]] of ruled.entries()) expect(Math.abs(y - (rules[i]?.[1] ?? 0))).toBeLessThan(3);
  });
}

test('another screen does not wait under the paper of the first one', async ({ page }) => {
  const letThrough = await held(page, '**/assets/react-*.js');
  await page.goto('./?lang=en#/letters', { waitUntil: 'commit' });
  await expect(page.locator('html[data-theme]')).toBeAttached();
  await expect(page.locator('.first-paper')).toHaveCount(0);
  letThrough();
  await expect(page.getByRole('main')).toBeVisible();
});
