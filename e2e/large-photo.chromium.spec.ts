import type { Page } from '@playwright/test';
import { predictionOf } from './support/hand.ts';
import { expect, test } from './support/test.ts';

/** A photograph of a letter-like mark, 1600 × 1200, uneven and grained; drawn by the page, since a file would weigh more. */
async function photo(page: Page): Promise<Buffer> {
  const base64 = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(1600, 1200);
    const context = canvas.getContext('2d');
    if (context === null) throw new Error('no canvas');
    const light = context.createLinearGradient(0, 0, 1600, 1200);
    light.addColorStop(0, '#f6efdd');
    light.addColorStop(1, '#b9b2a2');
    context.fillStyle = light;
    context.fillRect(0, 0, 1600, 1200);
    context.strokeStyle = '#27335c';
    context.lineWidth = 45;
    context.lineCap = 'round';
    context.beginPath();
    context.moveTo(520, 300);
    context.lineTo(1020, 310);
    context.lineTo(1010, 900);
    context.moveTo(560, 520);
    context.lineTo(550, 900);
    context.stroke();
    for (let i = 0; i < 4000; i++) {
      context.fillStyle = `rgb(0 0 0 / ${(i % 9) / 100})`;
      context.fillRect((i * 7919) % 1600, (i * 104729) % 1200, 3, 3);
    }
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
    return btoa(Array.from(new Uint8Array(await blob.arrayBuffer()), (byte) => String.fromCharCode(byte)).join(''));
  });
  return Buffer.from(base64, 'base64');
}

/** The same JPEG with an EXIF segment that says how it is to be turned: TIFF, big-endian, the one tag 0x0112. */
function turnedByExif(jpeg: Buffer, orientation: number): Buffer {
  const tiff = [0x4d, 0x4d, 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation, 0, 0, 0, 0, 0, 0];
  const payload = Buffer.from([...Buffer.from('Exif\0\0', 'latin1'), ...tiff]);
  const length = payload.length + 2;
  return Buffer.concat([
    jpeg.subarray(0, 2),
    Buffer.from([0xff, 0xe1, length >> 8, length & 255]),
    payload,
    jpeg.subarray(2),
  ]);
}

/** All that the page says of it, to the last digit. */
async function readingOf(page: Page, jpeg: Buffer): Promise<readonly string[]> {
  await page.goto('./?backend=wasm#/upload');
  await page.reload();
  await page.getByTestId('upload').setInputFiles({ name: 'photo.jpg', mimeType: 'image/jpeg', buffer: jpeg });
  await expect(predictionOf(page)).toHaveAttribute('data-state', /^(ready|abstained)$/);
  return predictionOf(page)
    .getByTestId('candidate')
    .evaluateAll((all) => all.map((one) => `${one.dataset['label']} ${one.dataset['probability']}`));
}

const ways = [
  [1, 'upright'],
  [2, 'mirrored'],
  [3, 'upside down'],
  [6, 'a quarter to the right'],
  [8, 'a quarter to the left'],
] as const;
for (const [orientation, words] of ways) {
  test(`a large photo that is to be shown ${words} is read alike by WebCodecs and by a canvas`, async ({ page }) => {
    await page.goto('./');
    const jpeg = turnedByExif(await photo(page), orientation);
    const withCodecs = await readingOf(page, jpeg);
    await page.context().route('**/assets/worker-*.js', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: `delete self.VideoFrame;\n${await response.text()}` });
    });
    const withCanvas = await readingOf(page, jpeg);
    expect(withCodecs).toEqual(withCanvas);
    expect(withCodecs).toHaveLength(5);
  });
}
