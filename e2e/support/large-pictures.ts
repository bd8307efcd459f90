import type { Browser } from '@playwright/test';

/**
 * A photograph of a mark like a letter, side × side, uneven and grained, as JPEG. A page of its own draws it, and is gone
 * with all that it held before anything is measured.
 */
export async function largeJpeg(browser: Browser, side: number): Promise<Buffer> {
  const page = await browser.newPage();
  const base64 = await page.evaluate(async (size) => {
    const canvas = new OffscreenCanvas(size, size);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (context === null) throw new Error('no canvas');
    const light = context.createLinearGradient(0, 0, size, size);
    light.addColorStop(0, '#f6efdd');
    light.addColorStop(1, '#b9b2a2');
    context.fillStyle = light;
    context.fillRect(0, 0, size, size);
    context.fillStyle = '#27335c';
    context.fillRect(size * 0.3, size * 0.25, size * 0.4, size * 0.04);
    context.fillRect(size * 0.66, size * 0.25, size * 0.04, size * 0.5);
    context.fillRect(size * 0.3, size * 0.45, size * 0.04, size * 0.3);
    for (let i = 0; i < 4000; i++) {
      context.fillStyle = `rgb(0 0 0 / ${(i % 9) / 100})`;
      context.fillRect((i * 7919) % size, (i * 104729) % size, 9, 9);
    }
    const blob = await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 });
    const bytes = new Uint8Array(await blob.arrayBuffer());
    let binary = '';
    for (let at = 0; at < bytes.length; at += 0x8000) binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
    return btoa(binary);
  }, side);
  await page.close();
  return Buffer.from(base64, 'base64');
}
