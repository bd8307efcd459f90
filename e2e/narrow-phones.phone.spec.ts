import { expect, test } from './support/test.ts';

for (const width of [320, 344]) {
  test(`on a phone of ${width} pixels two letters stand in a row, and nothing sticks out`, async ({ page }) => {
    await page.setViewportSize({ width, height: 640 });
    await page.goto('./?lang=en#/letters');
    const cards = page.locator('.letters__card');
    await expect(cards.first()).toBeVisible();
    const [alef, bet] = await Promise.all([cards.nth(0).boundingBox(), cards.nth(1).boundingBox()]);
    expect(bet?.y).toBe(alef?.y);
    expect(bet?.x).toBeLessThan(alef?.x ?? 0);
    for (const card of [cards.nth(0), cards.nth(7)])
      expect(await card.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);
  });
}

for (const lang of ['en', 'he'])
  test(`the words under the tabs do not run into one another at 320 pixels: ${lang}`, async ({ page }) => {
    await page.setViewportSize({ width: 320, height: 640 });
    for (const screen of ['draw', 'letters', 'feedback']) {
      await page.goto(`./?lang=${lang}#/${screen}`);
      await expect(page.locator('.tab[aria-current]')).toBeVisible();
      const words = await page
        .locator('.tab span')
        .evaluateAll((spans) =>
          spans.map((span) => span.getBoundingClientRect()).map(({ left, right }) => ({ left, right })),
        );
      const inOrder = words.toSorted((a, b) => a.left - b.left);
      expect(inOrder).toHaveLength(6);
      for (const [n, { left }] of inOrder.entries())
        expect(left - (inOrder[n - 1]?.right ?? -2)).toBeGreaterThanOrEqual(2);
    }
  });
