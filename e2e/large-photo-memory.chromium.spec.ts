import { writeFile } from 'node:fs/promises';
import { largeJpeg, largeTranslucentPng } from './support/large-pictures.ts';
import { watchMemory } from './support/memory.ts';
import { openUpload, predictions, warmUp } from './support/pictures.ts';
import { expect, test } from './support/test.ts';

/** Promised for any picture that is taken, in megabytes. */
const addedMegabytes = 300;

const kinds = [
  { what: 'a JPEG of 64 megapixels, whose rows come by WebCodecs,', name: 'rows.jpg', codecs: true },
  { what: 'the same, read from a canvas,', name: 'canvas.jpg', codecs: false },
  { what: 'a PNG of 48 megapixels that lets the paper through', name: 'paper.png', codecs: true },
] as const;

for (const { what, name, codecs } of kinds) {
  test(`${what} is read and adds less than 300 MB`, async ({ page, browser }, testInfo) => {
    test.skip(process.platform !== 'linux', 'memory is read from /proc');
    test.setTimeout(180_000);
    const file = testInfo.outputPath(name);
    await writeFile(file, name.endsWith('.png') ? largeTranslucentPng(8000, 6000) : await largeJpeg(browser, 8000));
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
