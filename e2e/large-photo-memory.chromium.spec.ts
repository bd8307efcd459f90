import { copyFile, writeFile } from 'node:fs/promises';
import type { Browser } from '@playwright/test';
import { largeJpeg, largeOneBitBmp, largeTranslucentPng } from './support/large-pictures.ts';
import { watchMemory } from './support/memory.ts';
import { openUpload, picture, predictions, warmUp } from './support/pictures.ts';
import { expect, test } from './support/test.ts';

/** Promised for any picture that is taken, in megabytes. */
const addedMegabytes = 300;

const kinds = [
  { what: 'a JPEG of 64 megapixels, whose rows come by WebCodecs,', name: 'rows.jpg', codecs: true },
  { what: 'the same, read from a canvas,', name: 'canvas.jpg', codecs: false },
  { what: 'a PNG of 48 megapixels that lets the paper through', name: 'paper.png', codecs: true },
  { what: 'the largest AVIF, at full colour in ten bits and with opacity,', name: 'planes.avif', codecs: true },
  { what: 'the largest BMP, with one bit a pixel,', name: 'bits.bmp', codecs: true },
] as const;

async function write(browser: Browser, name: (typeof kinds)[number]['name'], file: string): Promise<void> {
  if (name === 'planes.avif') await copyFile(picture('deepColour20Megapixels.avif'), file);
  else if (name === 'bits.bmp') await writeFile(file, largeOneBitBmp(5690));
  else if (name === 'paper.png') await writeFile(file, largeTranslucentPng(8000, 6000));
  else await writeFile(file, await largeJpeg(browser, 8000));
}

for (const { what, name, codecs } of kinds) {
  test(`${what} is read and adds less than 300 MB`, async ({ page, browser }, testInfo) => {
    test.skip(process.platform !== 'linux', 'memory is read from /proc');
    test.setTimeout(180_000);
    const file = testInfo.outputPath(name);
    await write(browser, name, file);
    if (!codecs) {
      await page.context().route('**/assets/worker-*.js', async (route) => {
        const response = await route.fetch();
        await route.fulfill({ response, body: `delete self.VideoFrame;\n${await response.text()}` });
      });
    }
    await openUpload(page, '?backend=wasm');
    await warmUp(page);
    const memory = await watchMemory(browser);
    try {
      await page.getByTestId('upload').setInputFiles(file);
      await expect(page.getByRole('article', { name })).toBeVisible();
      await expect(predictions(page)).toHaveAttribute('data-state', /^(ready|abstained)$/, { timeout: 90_000 });
      testInfo.annotations.push({ type: 'memory', description: `${name} +${Math.round(memory.peak())} MB` });
      expect(memory.peak()).toBeLessThan(addedMegabytes);
    } finally {
      memory.stop();
    }
  });
}
