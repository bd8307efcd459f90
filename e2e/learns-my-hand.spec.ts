import type { Page } from '@playwright/test';
import { savedId, turnOn } from './support/feedback.ts';
import { predictionOf, write } from './support/hand.ts';
import { expect, test } from './support/test.ts';

/** A bare bar from the headline to a little below the baseline: between two letters, and this hand's own. */
const bar = (lean: number) => [
  Array.from({ length: 12 }, (_, i) => [0.5 + (lean * i) / 11, 0.36 + 0.031 * i] as const),
];

/** Writes the bar on an empty sheet; gives the likeliest letters, best first. */
async function readBar(page: Page, lean: number): Promise<readonly (string | null)[]> {
  await write(page, bar(lean));
  await expect(predictionOf(page)).toHaveAttribute('data-state', /ready|abstained/);
  const candidates = predictionOf(page).getByTestId('candidate');
  await expect(candidates).toHaveCount(5);
  return candidates.evaluateAll((all) => all.map((one) => one.getAttribute('data-label')));
}

const clear = (page: Page) => page.getByRole('button', { name: 'Clear the sheet' }).click();
const panel = (page: Page) => page.getByTestId('adaptation');
const goTo = (page: Page, screen: 'draw' | 'feedback') => page.locator(`a.tab[href="#/${screen}"]`).click();

test('an odd letter that was corrected a few times is read right, until it is forgotten', async ({ page }) => {
  // Three letters, three saves, six screens.
  test.slow();
  // Between two letters backends need not agree, and on a first visit one takes over from the other.
  await page.goto('./?lang=en&backend=wasm');
  const [asModel, mine] = await readBar(page, 0);
  if (mine === null || mine === undefined) throw new Error('there is no second letter');
  await clear(page);
  await turnOn(page);

  await goTo(page, 'feedback');
  await expect(panel(page)).toHaveAttribute('data-state', 'off');
  await page.getByTestId('adaptation-toggle').click();
  await expect(panel(page)).toHaveAttribute('data-state', 'on');
  await expect(panel(page)).toHaveAttribute('data-verified', '0');

  await goTo(page, 'draw');
  for (const lean of [0, 0.008, -0.008]) {
    const [read] = await readBar(page, lean);
    if (read === mine) await page.getByTestId('feedback-right').click();
    else {
      await page.getByTestId('feedback-wrong').click();
      await page.locator(`[data-testid="feedback-choice"][data-label="${mine}"]`).first().click();
    }
    await savedId(page);
    await clear(page);
  }

  await goTo(page, 'feedback');
  await expect(panel(page)).toHaveAttribute('data-verified', '3');
  const before = Number(await panel(page).getAttribute('data-wrong-before'));
  const after = Number(await panel(page).getAttribute('data-wrong-after'));
  expect(before).toBe(3);
  expect(after).toBeLessThan(before);

  await goTo(page, 'draw');
  const [learnt] = await readBar(page, 0.004);
  expect(learnt).toBe(mine);
  await expect(page.getByTestId('adapted')).toHaveAttribute('data-instead', asModel ?? '');
  await clear(page);

  await goTo(page, 'feedback');
  await page.getByTestId('adaptation-forget').click();
  await expect(panel(page)).toHaveAttribute('data-verified', '0');
  await goTo(page, 'draw');
  const [forgotten] = await readBar(page, 0.004);
  expect(forgotten).toBe(asModel);
  await expect(page.getByTestId('adapted')).toHaveCount(0);
});
