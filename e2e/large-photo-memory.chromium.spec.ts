import { copyFile, writeFile } from 'node:fs/promises';
import type { Browser } from '@playwright/test';
import { largeJpeg, largeOneBitBmp, largeTranslucentPng } from './support/large-pictures.ts';
import { largeProgressiveJpeg } from './support/large-progressive-jpeg.ts';
import { watchMemory } from './support/memory.ts';
import { openUpload, picture, predictions, warmUp } from './support/pictures.ts';
import { expect, test } from './support/test.ts';

/** Promised for any picture that is taken, in megabytes. */
const addedMegabytes = 300;

type Kind = {
  readonly what: string;
  readonly name: string;
  readonly make: (browser: Browser, file: string) => Promise<void>;
  /** Whether the worker may have rows by WebCodecs. */
  readonly codecs?: false;
};

const kinds: readonly Kind[] = [
  { what: 'a JPEG of 64 megapixels, whose rows come by WebCodecs,', name: 'rows.jpg', make: jpeg },
  { what: 'the same, read from a canvas,', name: 'canvas.jpg', make: jpeg, codecs: false },
  {
    what: 'the largest progressive JPEG that keeps every colour',
    name: 'scans.jpg',
    make: (_, file) => writeFile(file, largeProgressiveJpeg(5320)),
  },
  {
    what: 'a PNG of 48 megapixels that lets the paper through',
    name: 'paper.png',
    make: (_, file) => writeFile(file, largeTranslucentPng(8000, 6000)),
  },
  {
    what: 'the largest AVIF, at full colour in ten bits and with opacity,',
    name: 'planes.avif',
    make: (_, file) => copyFile(picture('deepColour19Megapixels.avif'), file),
  },
  {
    what: 'the largest BMP, with one bit a pixel,',
    name: 'bits.bmp',
    make: (_, file) => writeFile(file, largeOneBitBmp(5550)),
  },
];

async function jpeg(browser: Browser, file: string): Promise<void> {
  await writeFile(file, await largeJpeg(browser, 8000));
}

for (const { what, name, make, codecs } of kinds) {
  test(`${what} is read and adds less than 300 MB`, async ({ page, browser }, testInfo) => {
    test.skip(process.platform !== 'linux', 'memory is read from /proc');
    test.setTimeout(180_000);
    const file = testInfo.outputPath(name);
    await make(browser, file);
    if (codecs === false) {
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
      const added = memory.peak();
      testInfo.annotations.push({ type: 'memory', description: `${name} +${Math.round(added)} MB` });
      expect(added).toBeLessThan(addedMegabytes);
      // What nobody decoded weighs nothing.
      expect(added).toBeGreaterThan(100);
    } finally {
      memory.stop();
    }
  });
}
