import { predictionOf, write } from './support/hand.ts';
import { expect, test } from './support/test.ts';

/** One upright stroke; where it ends against the rules at 0.35 and 0.65 is all that says which letter it is. */
const bars = [
  { letter: 'vav', ends: 0.65, how: 'from rule to rule' },
  { letter: 'final-nun', ends: 0.77, how: 'well below the baseline' },
  { letter: 'yod', ends: 0.47, how: 'hung from the headline' },
];

for (const { letter, ends, how } of bars) {
  test(`an upright bar ${how} is read as ${letter}`, async ({ page }) => {
    await page.goto('./');
    await write(page, [
      [
        [0.5, 0.35],
        [0.5, ends],
      ],
    ]);
    const prediction = predictionOf(page);
    await expect(prediction).toHaveAttribute('data-state', 'ready');
    await expect(prediction).toHaveAttribute('data-label', letter);
    expect(Number(await prediction.getAttribute('data-probability'))).toBeGreaterThan(0.5);
  });
}
