import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the page as it stands once it is at rest. */
export async function violationsOn(page: Page) {
  await atRest(page);
  return (await new AxeBuilder({ page }).withTags(rules).analyze()).violations;
}

/** Waits until nothing is on its way that comes to an end: a colour between two others is none to judge. */
function atRest(page: Page): Promise<unknown> {
  return page.evaluate(async () => {
    const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
    const isMoving = (): boolean =>
      document
        .getAnimations()
        .some(({ playState, effect }) => playState === 'running' && effect?.getComputedTiming().endTime !== Infinity);
    // Which of them begin is decided with the next frame.
    do await frame().then(frame);
    while (isMoving());
  });
}
