import type { CDPSession, Page } from '@playwright/test';
import { turnOn } from './support/feedback.ts';
import { alef, predictionOf, sheetOf, sheetPlaces } from './support/hand.ts';
import type { Written } from './support/hand.ts';
import { expect, test } from './support/test.ts';

async function finger(page: Page, hand: CDPSession, strokes: Written): Promise<void> {
  const at = await sheetPlaces(page);
  for (const stroke of strokes) {
    for (const [i, point] of stroke.entries()) {
      const [x, y] = at(point);
      await hand.send('Input.dispatchTouchEvent', {
        type: i === 0 ? 'touchStart' : 'touchMove',
        touchPoints: [{ x, y }],
      });
    }
    await hand.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  }
}

/** Where only the part after # differs, the page stays, and the screen before for a moment with it. */
async function openScreen(page: Page, language: string, screen: string): Promise<void> {
  await page.goto(`./?lang=${language}#/${screen}`);
  await expect(page.locator(`a[href="#/${screen}"][aria-current]`)).toBeAttached();
  await expect(page.getByRole('heading', { level: 1 })).toBeAttached();
}

test('a finger writes an alef, and the answer is in sight without scrolling', async ({ page, context }) => {
  await page.goto('./?lang=en');
  await finger(page, await context.newCDPSession(page), alef);
  const prediction = predictionOf(page);
  await expect(prediction).toHaveAttribute('data-label', 'alef');
  for (const candidate of await prediction.getByTestId('candidate').all())
    await expect(candidate).toBeInViewport({ ratio: 1 });
  await expect(sheetOf(page)).toBeInViewport({ ratio: 1 });
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
});

test('while a finger writes downwards, the page neither scrolls nor zooms', async ({ page, context }) => {
  await page.goto('./?lang=en');
  await finger(page, await context.newCDPSession(page), [
    Array.from({ length: 20 }, (_, i) => [0.5, 0.95 - i * 0.045] as const),
    Array.from({ length: 20 }, (_, i) => [0.6, 0.05 + i * 0.045] as const),
  ]);
  expect(await page.evaluate(() => [window.scrollY, window.visualViewport?.scale])).toEqual([0, 1]);
  await expect(sheetOf(page)).toHaveAttribute('data-pen', 'up');
});

test('every control is at least 44 pixels wide and high', async ({ page }) => {
  for (const screen of ['draw', 'letters', 'about']) {
    await openScreen(page, 'en', screen);
    const small = await page
      .locator('button:visible, a:visible:not(.skip-link), [role=radio]:visible')
      .evaluateAll((controls) =>
        controls
          .map((control) => ({
            name: control.textContent || control.getAttribute('aria-label'),
            box: control.getBoundingClientRect(),
          }))
          .filter(({ box }) => box.height < 44 || box.width < 32)
          .map(({ name, box }) => `${name}: ${box.width} × ${box.height}`),
      );
    expect(small, screen).toEqual([]);
  }
});

test('nothing reaches beyond the edge of a narrow screen', async ({ page }) => {
  for (const language of ['en', 'he']) {
    for (const screen of ['draw', 'letters', 'about']) {
      await openScreen(page, language, screen);
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth),
        `${language} ${screen}`,
      ).toBeLessThanOrEqual(360);
    }
  }
});

test('on the narrowest screen, or at 400 %, the questions about an answer have their place', async ({ page }) => {
  await page.setViewportSize({ width: 320, height: 640 });
  await page.goto('./?lang=en');
  await turnOn(page);
  for (const name of ['feedback-right', 'feedback-wrong', 'feedback-unreadable']) {
    const box = await page.getByTestId(name).boundingBox();
    expect((box?.x ?? 0) + (box?.width ?? Number.NaN), name).toBeLessThanOrEqual(320);
  }
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
});
