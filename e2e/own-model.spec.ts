import type { Page } from '@playwright/test';
import { alef, predictionOf, write } from './support/hand.ts';
import { serveOwnModel } from './support/own-model.ts';
import { expect, test } from './support/test.ts';

/** No Hebrew among them, though one has a name of the Hebrew alphabet, and one a sign of many characters. */
const labels = [
  { name: 'zhe', letter: 'Ж', title: { en: 'Letter zhe', he: 'האות ז׳ה' } },
  { name: 'pe', letter: 'П', title: { en: 'Cyrillic pe', he: 'פה קירילית' } },
  { name: 'sixteen', letter: 'SixteenCharacter', title: { en: 'A long sign', he: 'סימן ארוך' } },
] as const;

test.beforeEach(({ context }) => serveOwnModel(context, labels));

/** What was answered: the model is random, so any of its labels will do. */
async function answered(page: Page) {
  await write(page, alef);
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'ready');
  await expect(predictionOf(page)).toHaveAttribute('data-model', 'fixture@1.0.0');
  const name = await predictionOf(page).getAttribute('data-label');
  const label = labels.find((one) => one.name === name);
  if (label === undefined) throw new Error(`${name} is no label of this model`);
  return label;
}

for (const language of ['en', 'he'] as const) {
  test(`another model's letter and title are shown and spoken: ${language}`, async ({ page }) => {
    await page.goto(`./?lang=${language}`);
    const label = await answered(page);
    const prediction = predictionOf(page);
    const verdict = prediction.locator('.verdict');
    await expect(verdict.locator('.verdict__glyph')).toHaveText(label.letter);
    await expect(verdict).toContainText(label.title[language]);
    await expect(prediction.getByRole('status')).toContainText(label.title[language]);
    for (const { name, letter, title } of labels) {
      const candidate = prediction.locator(`[data-testid="candidate"][data-label="${name}"]`);
      await expect(candidate).toContainText(letter);
      await expect(candidate).toContainText(title[language]);
    }
    // The card teaches Hebrew script, and this is none.
    await expect(prediction.locator('.panel')).toHaveCount(1);
  });
}

test('its letters are in print and stay within their place, however many characters they have', async ({ page }) => {
  await page.goto('./');
  const label = await answered(page);
  const glyph = predictionOf(page).locator('.verdict__glyph');
  expect(await glyph.evaluate((element) => getComputedStyle(element).fontFamily)).toMatch(/^"?Frank Ruhl Libre/);
  for (const { letter } of labels) {
    await glyph.evaluate((element, text) => {
      element.style.setProperty('--characters', String([...text].length));
      element.textContent = text;
    }, letter);
    const spill = await glyph.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth);
    expect(spill, `${letter}, shown in place of ${label.letter}`).toBeLessThanOrEqual(0);
  }
});

test('the letters screen and the about screen tell what it reads, and nothing of Hebrew', async ({ page }) => {
  await page.goto('./?lang=en#/about');
  await expect(page.getByTestId('engine')).toHaveAttribute('data-phase', 'ready');
  for (const { letter, title } of labels) {
    await expect(page.getByTestId('reads')).toContainText(letter);
    await expect(page.getByTestId('reads')).toContainText(title.en);
  }
  await page.evaluate(() => window.location.assign('#/letters'));
  await expect(page.getByRole('heading', { level: 1, name: 'What it reads' })).toBeVisible();
  await expect(page.getByTestId('letter')).toHaveCount(labels.length);
  for (const [at, { name, letter, title }] of labels.entries()) {
    const card = page.getByTestId('letter').nth(at);
    await expect(card).toHaveAttribute('data-label', name);
    await expect(card).toContainText(letter);
    await expect(card).toContainText(title.en);
  }
  await expect(page.getByRole('img', { name: /is written/ })).toHaveCount(0);
});

test('a Hebrew letter among its labels keeps its script and its card', async ({ page, context }) => {
  const vav = { name: 'vav', letter: 'ו', title: { en: 'Vav', he: 'וו' } };
  await context.unrouteAll();
  await serveOwnModel(context, [labels[0], vav, labels[2]]);
  await page.goto('./?lang=en#/letters');
  await expect(page.getByTestId('letter')).toHaveCount(3);
  const card = page.locator('[data-testid="letter"][data-label="vav"]');
  await expect(card.getByRole('img', { name: 'How Vav is written' })).toBeVisible();
});
