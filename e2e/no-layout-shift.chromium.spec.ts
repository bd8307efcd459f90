import type { Page } from '@playwright/test';
import { alef, predictionOf, sheetOf, write } from './support/hand.ts';
import { expect, test } from './support/test.ts';

const screens = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } } as const;
/** The browser excuses what moves this soon after the pen, in milliseconds. */
const EXCUSED = 500;

/** Runs in the page: keeps what moved without a hand having done it, in words, and when the pen was lifted. */
function watchShifts(): void {
  type Place = { readonly x: number; readonly y: number };
  type Source = { readonly node: Node | null; readonly previousRect: Place; readonly currentRect: Place };
  type Shift = PerformanceEntry & { readonly hadRecentInput: boolean; readonly sources: readonly Source[] };
  const at = ({ x, y }: Place): string => `${Math.round(x)},${Math.round(y)}`;
  const told = ({ node, previousRect, currentRect }: Source): string =>
    `${(node instanceof Element ? node : node?.parentElement)?.className}: ${at(previousRect)} to ${at(currentRect)}`;
  const watched = { shifts: [] as string[], penUp: Number.POSITIVE_INFINITY };
  Object.assign(globalThis, { watched });
  addEventListener('pointerup', () => (watched.penUp = performance.now()), true);
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as Shift[]) {
      if (!entry.hadRecentInput) watched.shifts.push(entry.sources.map(told).join('; '));
    }
  }).observe({ type: 'layout-shift', buffered: true });
}

type Watched = { readonly shifts: readonly string[]; readonly penUp: number };
const watchedOf = (page: Page): Promise<Watched & { readonly now: number }> =>
  page.evaluate(() => {
    const { watched } = globalThis as unknown as { readonly watched: Watched };
    return { ...watched, now: performance.now() };
  });

/** What an address is answered with waits until it is let through. */
async function held(page: Page, address: RegExp): Promise<() => void> {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  await page.route(address, async (route) => {
    await opened;
    await route.continue();
  });
  return () => open();
}

/** Two frames: what was laid out by now has been painted, and what moved has been told. */
const painted = (page: Page): Promise<unknown> =>
  page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));

for (const [screen, viewport] of Object.entries(screens)) {
  for (const lang of ['en', 'he']) {
    test(`nothing moves by itself from the first paint to the answer: ${screen}, ${lang}`, async ({ page }) => {
      await page.setViewportSize(viewport);
      await page.addInitScript(watchShifts);
      const fonts = await held(page, /\.woff2$/);
      const model = await held(page, /model\.packed$/);
      // The load event waits for the fonts.
      await page.goto(`./?lang=${lang}&backend=webgl`, { waitUntil: 'commit' });
      await expect(sheetOf(page)).toBeVisible();
      await expect(page.getByTestId('model-progress')).toBeVisible();
      await painted(page);
      fonts();
      await page.evaluate(() => document.fonts.ready);
      await painted(page);

      await write(page, alef);
      await expect
        .poll(async () => {
          const { now, penUp } = await watchedOf(page);
          return now - penUp;
        })
        .toBeGreaterThan(EXCUSED);
      model();
      await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef', { timeout: 90_000 });
      // The letters in print come only now, and layers take the place of the first canvas.
      await expect(page.locator('.sheet canvas')).not.toHaveCount(1);
      await page.evaluate(() => document.fonts.ready);
      await painted(page);
      expect((await watchedOf(page)).shifts).toEqual([]);
    });
  }
}
