import { writeFile } from 'node:fs/promises';
import { decode } from 'fast-png';
import { exportedLines, openRecords, savedId } from './support/feedback.ts';
import { largeJpeg } from './support/large-pictures.ts';
import { watchMemory } from './support/memory.ts';
import { openUpload, predictions } from './support/pictures.ts';
import { expect, test } from './support/test.ts';

declare global {
  interface Window {
    /** With what smoothing a decoded picture itself was drawn, each time. */
    drawn: string[];
  }
}

/** Runs in the page, before all else. */
function listen(): void {
  window.drawn = [];
  const { drawImage } = OffscreenCanvasRenderingContext2D.prototype;
  OffscreenCanvasRenderingContext2D.prototype.drawImage = function (this: OffscreenCanvasRenderingContext2D, ...args) {
    if (args[0] instanceof ImageBitmap) window.drawn.push(this.imageSmoothingQuality);
    Reflect.apply(drawImage, this, args);
  } as typeof drawImage;
}

// For averaging Chromium makes smaller copies of all of a picture, a third of it again, however little of it is drawn:
// at 64 megapixels a record takes 350 MB so, and 266 to 269 without.
test('a photo of 64 megapixels goes into a record for less than 300 MB, and is itself never averaged', async ({
  page,
  browser,
}, testInfo) => {
  const file = testInfo.outputPath('large.jpg');
  await page.addInitScript(listen);
  await writeFile(file, await largeJpeg(browser, 8000));
  await openUpload(page, '?lang=en');
  await page.getByTestId('feedback-toggle').click();
  await page.getByTestId('feedback-consent').click();
  await page.getByTestId('upload').setInputFiles(file);
  await expect(predictions(page)).toHaveAttribute('data-state', /^(ready|abstained)$/, { timeout: 60_000 });
  await page.evaluate(() => (window.drawn.length = 0));
  const memory = process.platform === 'linux' ? await watchMemory(browser) : null;
  await page.getByTestId('feedback-unreadable').click();
  await savedId(page);
  const added = memory?.peak() ?? 0;
  memory?.stop();
  testInfo.annotations.push({ type: 'memory', description: `record +${Math.round(added)} MB` });
  expect(added).toBeLessThan(300);
  expect(await page.evaluate(() => window.drawn)).toEqual(['low']);

  await openRecords(page);
  const [line] = await exportedLines(page);
  const { width, height, data, channels } = decode(Buffer.from(line?.['picture'] as string, 'base64'));
  expect(Math.max(width, height)).toBe(256);
  const values = Array.from({ length: width * height }, (_, i) => data[i * channels] ?? 0);
  expect(Math.min(...values)).toBeLessThan(60);
  expect(Math.max(...values)).toBeGreaterThan(200);
});
