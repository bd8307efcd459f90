import { setTimeout as sleep } from 'node:timers/promises';
import type { Hooks, Place, Visitor } from './visitor.ts';
import { UnreadAnswer } from './webdriver.ts';

/** Milliseconds. The machine may be doing seven other things. */
export const PATIENCE = 90_000;

/**
 * Asks until it is so, and gives what was seen. An answer that the driver itself could not read is no answer: WebKitGTK's
 * once gave up on one of thousands that were alike. @throws what was waited for, and the last thing seen, after that long.
 */
export async function until<T>(
  what: string,
  look: () => Promise<T>,
  isSo: (seen: T) => boolean,
  limit = PATIENCE,
): Promise<T> {
  for (const end = Date.now() + limit; ; await sleep(100)) {
    let last: string;
    try {
      const seen = await look();
      if (isSo(seen)) return seen;
      last = JSON.stringify(seen);
    } catch (error) {
      if (!(error instanceof UnreadAnswer)) throw error;
      last = error.message;
    }
    if (Date.now() > end) throw new Error(`${what}: not within ${limit / 1000} s; last seen ${last}`);
  }
}

/** The data- attributes of all elements with that test id, in their order. */
export function hooksOf(visitor: Visitor, testId: string): Promise<readonly Hooks[]> {
  return visitor.run(
    (id) => [...document.querySelectorAll<HTMLElement>(`[data-testid="${id}"]`)].map(({ dataset }) => ({ ...dataset })),
    testId,
  );
}

/** Waits until there is one such element, and its attributes are as asked. */
export async function sees(visitor: Visitor, testId: string, asked: Hooks = {}): Promise<Hooks> {
  const [hooks = {}] = await until(
    `${testId} with ${JSON.stringify(asked)}`,
    () => hooksOf(visitor, testId),
    ([first, second]) =>
      first !== undefined &&
      second === undefined &&
      Object.entries(asked).every(([name, value]) => first[name] === value),
  );
  return hooks;
}

/** Presses what the selector finds first, once it can be pressed: there, enabled, at rest, and nothing over it. */
export async function press(visitor: Visitor, selector: string): Promise<void> {
  let before = '';
  const spot = await until(
    `${selector} can be pressed`,
    () => visitor.run(spotOf, selector),
    (seen) => {
      const same = typeof seen !== 'string' && before === seen.join();
      before = typeof seen === 'string' ? '' : seen.join();
      return same;
    },
  );
  if (typeof spot === 'string') throw new Error(spot);
  await visitor.press(spot);
}

export const pressHook = (visitor: Visitor, testId: string): Promise<void> =>
  press(visitor, `[data-testid="${testId}"]`);

/** Runs in the page: where to press, or why not. */
function spotOf(selector: string): Place | string {
  const element = document.querySelector<HTMLElement>(selector);
  if (element === null) return 'not there';
  if (element.matches(':disabled, [aria-disabled="true"], [data-disabled]')) return 'disabled';
  element.scrollIntoView({ block: 'center', inline: 'nearest', behavior: 'instant' });
  const { left, top, width, height } = element.getBoundingClientRect();
  const [x, y] = [Math.round(left + width / 2), Math.round(top + height / 2)];
  const hit = document.elementFromPoint(x, y);
  // A switch is an input that nobody sees, within the label that is pressed.
  const shown = element.closest('label') ?? element;
  return hit !== null && shown.contains(hit) ? [x, y] : `covered by ${hit?.outerHTML.slice(0, 120)}`;
}
