import { decode } from 'fast-png';
import { exportedLines, openRecords, savedId } from './support/feedback.ts';
import { openUpload, picture, predictions, upload } from './support/pictures.ts';
import { expect, test } from './support/test.ts';

/** The chunks of a PNG, by name. */
function chunksOf(png: Buffer): readonly string[] {
  const names: string[] = [];
  for (let at = 8; at + 12 <= png.length; at += 12 + png.readUInt32BE(at))
    names.push(png.toString('latin1', at + 4, at + 8));
  return names;
}

test('a photo that was uploaded leaves its letter in the record, and nothing else that was in the file', async ({
  page,
}) => {
  await openUpload(page, '?lang=en');
  await page.getByTestId('feedback-toggle').click();
  await page.getByTestId('feedback-consent').click();
  await upload(page, 'rotatedByExif6.jpg');
  await expect(predictions(page)).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
  const label = await predictions(page).getAttribute('data-label');
  await page.getByTestId('feedback-right').click();
  await savedId(page);
  await openRecords(page);
  const [line] = await exportedLines(page);
  expect(line).toMatchObject({ source: 'upload', drawn: null, verdict: 'confirmed', label });
  const png = Buffer.from(line?.['picture'] as string, 'base64');
  expect(chunksOf(png).filter((name) => !['IHDR', 'sRGB', 'IDAT', 'IEND'].includes(name))).toEqual([]);
  const { width, height, data, channels } = decode(png);
  expect(Math.max(width, height)).toBeLessThanOrEqual(256);
  // The letter is in it: dark ink on light paper.
  const values = Array.from({ length: width * height }, (_, i) => data[i * channels] ?? 0);
  expect(Math.min(...values)).toBeLessThan(110);
  expect(Math.max(...values)).toBeGreaterThan(160);
});

test('of several pictures each is judged by itself', async ({ page }) => {
  await openUpload(page, '?lang=en');
  await page.getByTestId('feedback-toggle').click();
  await page.getByTestId('feedback-consent').click();
  await upload(page, 'alef.png', 'shin.jpg');
  await expect(predictions(page).nth(1)).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
  await page.getByTestId('feedback-right').nth(1).click();
  await expect(predictions(page).nth(1).getByTestId('feedback-saved')).toBeVisible();
  await expect(predictions(page).nth(0).getByTestId('feedback-right')).toBeEnabled();
  await predictions(page).nth(0).getByTestId('feedback-wrong').click();
  await expect(predictions(page).nth(0).getByTestId('feedback-choice').first()).toBeVisible();
  await page.keyboard.press('KeyC');
  await expect(predictions(page).nth(0).getByTestId('feedback-saved')).toContainText('Bet');
  await openRecords(page);
  await expect(page.getByTestId('outbox')).toHaveAttribute('data-kept', '2');
});

test('the shot of the camera screen is judged like any other picture', async ({ page, quietPage }) => {
  quietPage.expectNoise(/camera|device not found/i);
  await page.goto('./?lang=en#/camera');
  await page.getByTestId('feedback-toggle').click();
  await page.getByTestId('feedback-consent').click();
  // The phone's own camera app hands over a file; the live picture's shot goes the same way.
  await page.getByTestId('camera-file').setInputFiles(picture('alef.png'));
  await expect(predictions(page)).toHaveAttribute('data-label', 'alef', { timeout: 60_000 });
  await page.getByTestId('feedback-right').click();
  await savedId(page);
  await openRecords(page);
  const [line] = await exportedLines(page);
  expect(line).toMatchObject({ source: 'camera', label: 'alef' });
  expect(typeof line?.['picture']).toBe('string');
});

test('a picture judged twice after another crop makes two records', async ({ page }) => {
  await openUpload(page, '?lang=en');
  await page.getByTestId('feedback-toggle').click();
  await page.getByTestId('feedback-consent').click();
  await upload(page, 'alef.png');
  await expect(predictions(page)).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
  await page.getByTestId('feedback-right').click();
  const first = await savedId(page);
  await page.getByTestId('turn').click();
  await expect(page.getByTestId('feedback-saved')).toHaveCount(0);
  await page.getByTestId('feedback-unreadable').click();
  expect(await savedId(page)).not.toBe(first);
});
