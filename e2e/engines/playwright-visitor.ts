import type { BrowserContext, Page } from 'playwright';
import { PATIENCE } from './looking.ts';
import type { Place, Visitor } from './visitor.ts';

/** A page of Playwright's as a visitor who has a mouse. close: everything that was opened for it. */
export function withMouse(page: Page, close: () => Promise<void>): Visitor {
  return {
    ...alike(page, close),
    press: ([x, y]) => page.mouse.click(x, y),
    async write(strokes) {
      for (const [first, ...rest] of strokes) {
        if (first === undefined) continue;
        await page.mouse.move(...first);
        await page.mouse.down();
        for (const place of rest) await page.mouse.move(...place);
        await page.mouse.up();
      }
    },
  };
}

/** The same with a finger, on a context that has a touch screen. Chromium alone takes touches from outside. */
export async function withFinger(context: BrowserContext, page: Page, close: () => Promise<void>): Promise<Visitor> {
  const hand = await context.newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', place?: Place): Promise<unknown> =>
    hand.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: place === undefined ? [] : [{ x: place[0], y: place[1] }],
    });
  return {
    ...alike(page, close),
    press: ([x, y]) => page.touchscreen.tap(x, y),
    async write(strokes) {
      for (const stroke of strokes) {
        for (const [i, place] of stroke.entries()) await touch(i === 0 ? 'touchStart' : 'touchMove', place);
        await touch('touchEnd');
      }
    },
  };
}

function alike(page: Page, close: () => Promise<void>): Omit<Visitor, 'press' | 'write'> {
  page.setDefaultTimeout(PATIENCE);
  return {
    open: async (url) => void (await page.goto(url)),
    reload: async () => void (await page.reload()),
    // Playwright's own type of the function speaks of handles, which nobody passes here.
    run: <Given, Out>(code: (given: Given) => Out, given: Given) =>
      page.evaluate(code as (given: unknown) => Out, given) as Promise<Out>,
    choose: (testId, paths) => page.getByTestId(testId).setInputFiles([...paths]),
    close,
  };
}
