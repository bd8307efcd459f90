import { exportedLines, openRecords, savedId, turnOn } from './support/feedback.ts';
import { alef, inkOnCanvas, predictionOf, samekh, write } from './support/hand.ts';
import { expect, test } from './support/test.ts';

test('nothing is asked, kept or stored before consent; declining leaves it so', async ({ page }) => {
  await page.goto('./?lang=en');
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
  await expect(page.getByTestId('feedback-right')).toHaveCount(0);
  await page.getByTestId('feedback-toggle').click();
  const dialog = page.getByRole('dialog');
  for (const point of ['What a record holds', 'Where it stays', 'Where it goes', 'How to delete it']) {
    await expect(dialog).toContainText(point);
  }
  await expect(dialog).toContainText('Nowhere by itself');
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(page.getByTestId('feedback-right')).toHaveCount(0);
  const databases = await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name ?? ''));
  expect(databases.filter((name) => name.includes('feedback') || name.includes('outbox'))).toEqual([]);
});

test('one tap says that it was right, and the record is there after a reload', async ({ page }) => {
  await page.goto('./?lang=en');
  await turnOn(page);
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
  await page.getByTestId('feedback-right').click();
  const id = await savedId(page);
  await page.reload();
  await openRecords(page);
  const outbox = page.getByTestId('outbox');
  await expect(outbox).toHaveAttribute('data-kept', '1');
  await expect(outbox).toHaveAttribute('data-waiting', '1');
  await expect(outbox).toHaveAttribute('data-sent', '0');
  await expect(outbox).toHaveAttribute('data-refused', '0');
  await expect(page.getByTestId('record')).toHaveAttribute('data-id', id);
  const [line] = await exportedLines(page);
  expect(line).toMatchObject({
    schema: 1,
    id,
    revision: 0,
    source: 'draw',
    verdict: 'confirmed',
    label: 'alef',
    picture: null,
    prediction: { label: 'alef' },
    receipt: { model: 'hebrew-letters', backend: expect.stringMatching(/^(wasm|webgl|webgpu)$/) },
  });
  const drawn = line?.['drawn'] as { ink: { x: number; y: number; t: number }[][] };
  expect(drawn.ink).toHaveLength(2);
  expect(drawn.ink.flat().at(-1)?.t).toBeGreaterThan(0);
});

test('the question comes back after a reload, without asking for consent again', async ({ page }) => {
  await page.goto('./?lang=en');
  await turnOn(page);
  await page.reload();
  await expect(page.getByTestId('feedback-right')).toBeVisible();
  await page.getByTestId('feedback-toggle').click();
  await expect(page.getByTestId('feedback-right')).toHaveCount(0);
  await page.getByTestId('feedback-toggle').click();
  await expect(page.getByTestId('feedback-right')).toBeVisible();
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('two taps correct it: the other candidates come first, then the whole alphabet', async ({ page }) => {
  await page.goto('./?lang=en');
  await turnOn(page);
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'alef');
  const likely = await predictionOf(page)
    .getByTestId('candidate')
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-label')));
  await page.getByTestId('feedback-wrong').click();
  await expect(page.getByTestId('feedback-choice')).toHaveCount(26);
  const offered = await page
    .getByTestId('feedback-choice')
    .evaluateAll((all) => all.map((one) => one.getAttribute('data-label')));
  expect(offered.slice(0, 4)).toEqual(likely.slice(1, 5));
  expect(new Set(offered).size).toBe(26);
  expect(offered).not.toContain('alef');
  await page.locator('[data-testid="feedback-choice"][data-label="final-tsadi"]').click();
  await savedId(page);
  await expect(page.getByTestId('feedback-saved')).toContainText('Final tsadi');
  await openRecords(page);
  await expect(page.getByTestId('record')).toHaveAttribute('data-label', 'final-tsadi');
  await expect(page.getByTestId('record')).toHaveAttribute('data-verdict', 'corrected');
});

for (const [name, press] of [
  ['on a Hebrew keyboard', { key: 'ם', code: 'KeyO' }],
  ['at its place on any other', { key: 'o', code: 'KeyO' }],
] as const) {
  test(`the letter's own key picks it, ${name}, and the eraser keeps quiet`, async ({ page }) => {
    await page.goto('./?lang=en');
    await turnOn(page);
    await write(page, samekh);
    await expect(predictionOf(page)).toHaveAttribute('data-label', 'samekh');
    await page.getByTestId('feedback-wrong').click();
    await expect(page.getByTestId('feedback-choice').first()).toBeVisible();
    await page.evaluate(({ key, code }) => {
      const at = document.activeElement ?? document.body;
      at.dispatchEvent(new KeyboardEvent('keydown', { key, code, bubbles: true, cancelable: true }));
    }, press);
    await savedId(page);
    await expect(page.getByTestId('feedback-saved')).toContainText('Final mem');
    await expect(page.getByTestId('draw-surface')).toHaveAttribute('data-tool', 'pen');
  });
}

test('undo withdraws the record, and the answer is asked about again', async ({ page }) => {
  await page.goto('./?lang=en');
  await turnOn(page);
  await write(page, alef);
  await page.getByTestId('feedback-right').click();
  await savedId(page);
  await page.getByTestId('feedback-undo').click();
  await expect(page.getByTestId('feedback-saved')).toHaveCount(0);
  await expect(page.getByTestId('feedback-right')).toBeEnabled();
  await openRecords(page);
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-kept', '0');
});

test('what is no letter is said to be unreadable', async ({ page }) => {
  await page.goto('./?lang=en');
  await turnOn(page);
  await write(page, alef);
  await page.getByTestId('feedback-unreadable').click();
  await savedId(page);
  await openRecords(page);
  await expect(page.getByTestId('record')).toHaveAttribute('data-verdict', 'unreadable');
});

test('the sheet clears itself for the next letter, and undo brings the last one back', async ({ page }) => {
  await page.goto('./?lang=en');
  await turnOn(page);
  await page.getByTestId('feedback-advance').click();
  await write(page, alef);
  await page.getByTestId('feedback-right').click();
  const first = await savedId(page);
  await expect.poll(() => inkOnCanvas(page)).toBe(0);
  await write(page, samekh);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'samekh');
  await page.getByTestId('feedback-right').click();
  await expect(page.getByTestId('feedback-saved')).not.toHaveAttribute('data-id', first);
  await expect.poll(() => inkOnCanvas(page)).toBe(0);
  await page.getByTestId('feedback-undo').click();
  await expect.poll(() => inkOnCanvas(page)).toBeGreaterThan(100);
  await expect(predictionOf(page)).toHaveAttribute('data-label', 'samekh');
  await expect(page.getByTestId('feedback-right')).toBeEnabled();
});
