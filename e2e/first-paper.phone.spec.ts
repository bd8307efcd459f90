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

/** The words of the first screen that are to be seen now, by what they say. */
const wordsOf = (page: Page): Promise<readonly string[]> =>
  page
    .locator('.first-paper .verdict__advice')
    .evaluateAll((all) =>
      all
        .filter((one) => one.getBoundingClientRect().width > 0 && getComputedStyle(one).visibility === 'visible')
        .map((one) => one.textContent),
    );

for (const lang of ['en', 'he']) {
  test(`the ruled paper is there before any script, and the sheet takes its place: ${lang}`, async ({ page }) => {
    const letThrough = await held(page, '**/assets/*.js');
    await page.goto(`./?lang=${lang}`, { waitUntil: 'commit' });
    await expect(page.locator('.first-paper .sheet')).toBeVisible();
    const paper = await placeOf(page, '.first-paper .sheet');
    const rules = await placeOf(page, '.first-paper__rules line');
    expect(rules).toHaveLength(4);
    // This browser speaks English, whatever the address asks for.
    expect(await wordsOf(page)).toEqual([expect.stringContaining('Ktav reads along')]);
    const words = await placeOf(page, '.first-paper [lang=en] .verdict__words > p');
    letThrough();
    await expect(sheetOf(page)).toBeVisible();
    await expect(page.locator('.first-paper')).toHaveCount(0);
    expect(await placeOf(page, '[data-testid=draw-surface]')).toEqual(paper);
    const ruled = await placeOf(page, '.sheet__rule');
    expect(ruled).toHaveLength(rules.length);
    for (const [i, [, y = 0]] of ruled.entries()) expect(Math.abs(y - (rules[i]?.[1] ?? 0))).toBeLessThan(3);
    await expect(page.getByTestId('prediction')).toBeVisible();
    if (lang === 'en') expect(await placeOf(page, '.verdict__words > p')).toEqual(words);
  });
}

test('the largest thing that is ever painted by itself is painted first, and waits for no script', async ({ page }) => {
  await page.addInitScript(() => {
    const painted: object[] = [];
    Object.assign(globalThis, { painted });
    for (const type of ['paint', 'largest-contentful-paint'])
      new PerformanceObserver((list) => painted.push(...list.getEntries())).observe({ type, buffered: true });
  });
  const letThrough = await held(page, '**/assets/*.js');
  await page.goto('./', { waitUntil: 'commit' });
  type Painted = { readonly entryType: string; readonly name: string; readonly startTime: number };
  const paints = (): Promise<readonly Painted[]> =>
    page.evaluate(() =>
      (globalThis as unknown as { readonly painted: readonly Painted[] }).painted.map((entry) => ({
        entryType: entry.entryType,
        name: entry.name,
        startTime: entry.startTime,
      })),
    );
  const largest = async (): Promise<readonly Painted[]> =>
    (await paints()).filter(({ entryType }) => entryType === 'largest-contentful-paint');
  await expect.poll(async () => (await largest()).length).toBe(1);
  const first = (await paints()).find(({ name }) => name === 'first-contentful-paint');
  expect((await largest())[0]?.startTime).toBe(first?.startTime);
  letThrough();
  await expect(page.getByTestId('upload')).toBeAttached();
  // The download shows how far it is, which is painted over and over.
  await expect(page.getByTestId('model-progress')).toBeVisible();
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  expect(await largest()).toHaveLength(1);
});

test('a choice of language is heard before React is there', async ({ page }) => {
  const letThrough = await held(page, '**/assets/react-*.js');
  await page.goto('./?lang=he', { waitUntil: 'commit' });
  await expect(page.locator('html[data-theme]')).toBeAttached();
  expect(await wordsOf(page)).toEqual([]);
  letThrough();
  await expect(page.getByTestId('prediction')).toBeVisible();
});

test('another screen does not wait under the paper of the first one', async ({ page }) => {
  const letThrough = await held(page, '**/assets/react-*.js');
  await page.goto('./?lang=en#/letters', { waitUntil: 'commit' });
  await expect(page.locator('html[data-theme]')).toBeAttached();
  await expect(page.locator('.first-paper')).toHaveCount(0);
  letThrough();
  await expect(page.getByRole('main')).toBeVisible();
});
