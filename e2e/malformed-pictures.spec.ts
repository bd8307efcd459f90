import type { Page } from '@playwright/test';
import { watchMemory } from './support/memory.ts';
import { openUpload, predictions, timeToVerdict, upload, warmUp } from './support/pictures.ts';
import { expect, test } from './support/test.ts';
import { holdModels } from './support/held-models.ts';

/** Promised for the picture itself; the model was loaded before. */
const verdictWithin = 2000;
const addedMegabytes = 300;

const refused: readonly (readonly [name: string, code: string, says: RegExp])[] = [
  ['zeroBytes.png', 'empty', /empty.*again/i],
  ['truncatedPng.png', 'truncated', /end of this PNG file is missing.*downloaded/],
  ['truncatedJpeg.jpg', 'truncated', /end of this JPEG file is missing/],
  ['zeroFilledPng.png', 'damaged', /PNG file is damaged/],
  ['svgWithScript.svg', 'svg', /SVG.*programs.*PNG/],
  ['htmlNamedPng.png', 'html', /web page, not a picture/],
  ['hugePng20000.png', 'too-many-pixels', /20,000 × 20,000.*64 megapixels.*Crop/],
  ['header50000.png', 'too-many-pixels', /50,000 × 50,000/],
  ['undecodable.png', 'undecodable', /cannot open this PNG/],
  ['phone.heic', 'heic', /HEIC.*Most Compatible/],
  ['document.pdf', 'pdf', /PDF.*screenshot/],
  ['random.jpg', 'unknown', /not a picture.*Choose a PNG/],
];

const odd: readonly (readonly [name: string, state: string, detail: string])[] = [
  ['cmykJpeg.jpg', 'ready', 'tet'],
  ['sixteenBitPng.png', 'ready', 'alef'],
  ['animatedGif.gif', 'ready', 'dalet'],
  ['transparentBackground.png', 'ready', 'he'],
  ['whiteOnBlack.png', 'ready', 'gimel'],
  ['allWhite.png', 'abstained', 'blank'],
  ['allBlack.png', 'abstained', 'blank|solid'],
  ['onePixel.png', 'abstained', 'blank|solid|noise'],
];

/** A picture that takes too long does so every time; a machine that was busy with something else does not. */
async function promptVerdict(page: Page, name: string): Promise<number> {
  let took = Infinity;
  await expect(async () => {
    await warmUp(page);
    took = await timeToVerdict(page, name);
    expect(took, name).toBeLessThan(verdictWithin);
  }).toPass({ timeout: 60_000 });
  return took;
}

test('every malformed picture is refused within 2 s, says what to do, and the page reads on', async ({ page }) => {
  test.setTimeout(300_000);
  const dialogs: string[] = [];
  page.on('dialog', (dialog) => dialogs.push(dialog.message()));
  await openUpload(page, '?lang=en');
  const took: string[] = [];
  for (const [name, code, says] of refused) {
    took.push(`${name} ${await promptVerdict(page, name)} ms`);
    await expect(predictions(page)).toHaveAttribute('data-state', 'error');
    await expect(predictions(page)).toHaveAttribute('data-error', code);
    await expect(predictions(page).getByRole('alert')).toHaveText(says);
    await warmUp(page);
  }
  // Nothing of what a file says was run.
  expect(await page.title()).toMatch(/Ktav/);
  expect(dialogs).toEqual([]);
  test.info().annotations.push({ type: 'verdicts', description: took.join(', ') });
});

test('every odd picture that is whole gets its answer within 2 s', async ({ page }) => {
  test.setTimeout(300_000);
  await openUpload(page);
  for (const [name, state, detail] of odd) {
    await promptVerdict(page, name);
    await expect(predictions(page), name).toHaveAttribute('data-state', state);
    const what = await predictions(page).evaluate(({ dataset }) => dataset['label'] ?? dataset['reason']);
    expect(what, name).toMatch(new RegExp(`^(${detail})$`));
  }
  // A strip of 3 × 4000 may be read as anything that is a line, or as nothing; it must be read.
  await promptVerdict(page, 'tallStrip.png');
  await expect(predictions(page)).toHaveAttribute('data-state', /ready|abstained/);
});

test('good and bad ones together: each has its own verdict, in order', async ({ page }) => {
  await openUpload(page);
  await upload(page, 'alef.png', 'truncatedPng.png', 'shin.jpg', 'zeroBytes.png', 'allWhite.png');
  await expect(predictions(page)).toHaveCount(5);
  await expect
    .poll(() =>
      predictions(page).evaluateAll((all) =>
        all.map((one) => (one as HTMLElement).dataset).map((d) => d['label'] ?? d['error'] ?? d['reason']),
      ),
    )
    .toEqual(['alef', 'truncated', 'shin', 'empty', 'blank']);
});

test('bad files are refused while the model is still on its way', async ({ page }) => {
  const release = await holdModels(page);
  await openUpload(page);
  await upload(page, 'hugePng20000.png', 'alef.png');
  await expect(predictions(page).nth(0)).toHaveAttribute('data-error', 'too-many-pixels');
  await expect(predictions(page).nth(1)).toHaveAttribute('data-state', 'loading');
  release();
  await expect(predictions(page).nth(1)).toHaveAttribute('data-label', 'alef');
});

test('in Hebrew the message is Hebrew', async ({ page }) => {
  await openUpload(page, '?lang=he');
  await upload(page, 'hugePng20000.png');
  await expect(predictions(page).getByRole('alert')).toHaveText(/20,000 × 20,000 פיקסלים/);
});

test('pictures that ask for gigabytes add less than 300 MB', async ({ page, browser }) => {
  test.skip(process.platform !== 'linux', 'memory is read from /proc');
  await openUpload(page);
  await warmUp(page);
  const memory = await watchMemory(browser);
  for (const name of ['hugePng20000.png', 'header50000.png']) await timeToVerdict(page, name);
  const added = memory.peak();
  memory.stop();
  test.info().annotations.push({ type: 'memory', description: `+${Math.round(added)} MB` });
  expect(added).toBeLessThan(addedMegabytes);
  await warmUp(page);
});
