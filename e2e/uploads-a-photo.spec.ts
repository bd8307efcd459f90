import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { violationsOn } from './support/audit.ts';
import { openUpload, picture, predictions, upload, warmUp } from './support/pictures.ts';
import { expect, test } from './support/test.ts';
import { holdModels } from './support/held-models.ts';

const letters: readonly (readonly [name: string, label: string])[] = [
  ['alef.png', 'alef'],
  ['shin.jpg', 'shin'],
  ['lamed.webp', 'lamed'],
  ['tav-lossless.webp', 'tav'],
  ['bet.avif', 'bet'],
  ['tsadi.bmp', 'tsadi'],
  ['mem.gif', 'mem'],
  ['qof-progressive.jpg', 'qof'],
  ['shadowedPhoto.jpg', 'nun'],
];

const labels = (page: Page): Promise<(string | undefined)[]> =>
  predictions(page).evaluateAll((all) => all.map((one) => (one as HTMLElement).dataset['label']));

test('a photo of a letter is read as that letter', async ({ page }) => {
  await openUpload(page);
  await upload(page, 'shin.jpg');
  await expect(predictions(page)).toHaveAttribute('data-state', 'ready', { timeout: 40_000 });
  await expect(predictions(page)).toHaveAttribute('data-label', 'shin');
  expect(Number(await predictions(page).getAttribute('data-probability'))).toBeGreaterThan(0.5);
  await expect(page.getByRole('img', { name: 'Your picture: shin.jpg' })).toBeVisible();
});

test('several at once get one answer each, in their order, whatever their format', async ({ page }) => {
  await openUpload(page);
  await upload(page, ...letters.map(([name]) => name));
  await expect(predictions(page)).toHaveCount(letters.length);
  await expect.poll(() => labels(page), { timeout: 40_000 }).toEqual(letters.map(([, label]) => label));
  const requests = await predictions(page).evaluateAll((all) =>
    all.map((one) => Number((one as HTMLElement).dataset['request'])),
  );
  expect(requests).toEqual(requests.toSorted((a, b) => a - b));
  await expect(page.getByText(`${letters.length} of ${letters.length} read`).first()).toBeVisible();
});

test('a new selection takes the place of the one before, and request numbers go on', async ({ page }) => {
  await openUpload(page);
  await warmUp(page);
  const first = Number(await predictions(page).getAttribute('data-request'));
  await upload(page, 'shin.jpg');
  await expect(predictions(page)).toHaveAttribute('data-label', 'shin');
  await expect(predictions(page)).toHaveCount(1);
  expect(Number(await predictions(page).getAttribute('data-request'))).toBeGreaterThan(first);
});

test('all eight EXIF orientations are read upright', async ({ page }) => {
  await openUpload(page);
  await upload(page, ...[1, 2, 3, 4, 5, 6, 7, 8].map((tag) => `rotatedByExif${tag}.jpg`));
  // The red corner belongs to the upper left; the crop leaves it out.
  const corners = page.locator('.preview__image');
  await expect(corners).toHaveCount(8, { timeout: 40_000 });
  for (const image of await corners.all()) {
    await expect.poll(() => image.evaluate(isLoaded)).toBe(true);
    expect(await image.evaluate(redCorner)).toEqual({ corner: 'upper left', width: 160, height: 200 });
  }
  for (let index = 0; index < 8; index++) {
    const card = page.getByRole('article').nth(index);
    await card.getByRole('button', { name: 'Crop', exact: true }).click();
    const corner = card.getByTestId('crop-start-top');
    await corner.focus();
    for (let press = 0; press < 4; press++) await page.keyboard.press('Shift+ArrowDown');
    await expect(card.getByTestId('prediction')).toHaveAttribute('data-label', 'shin');
  }
});

function isLoaded(image: HTMLElement | SVGElement): boolean {
  return image instanceof HTMLImageElement && image.complete && image.naturalWidth > 0;
}

function redCorner(element: HTMLElement | SVGElement): { corner: string; width: number; height: number } {
  const image = element as HTMLImageElement;
  const canvas = new OffscreenCanvas(image.naturalWidth, image.naturalHeight);
  const context = canvas.getContext('2d')!;
  context.drawImage(image, 0, 0);
  const isRed = (x: number, y: number): boolean => {
    const [r = 0, g = 0] = context.getImageData(x, y, 1, 1).data;
    return r > 150 && g < 110;
  };
  const right = canvas.width - 9;
  const bottom = canvas.height - 9;
  const found = [
    isRed(8, 8) ? 'upper left' : '',
    isRed(right, 8) ? 'upper right' : '',
    isRed(8, bottom) ? 'lower left' : '',
    isRed(right, bottom) ? 'lower right' : '',
  ];
  return { corner: found.filter(Boolean).join(), width: canvas.width, height: canvas.height };
}

test('pasted pictures are read', async ({ page }) => {
  await openUpload(page);
  await page.evaluate(
    (bytes) => {
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([new Uint8Array(bytes)], 'image.png', { type: 'image/png' }));
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    [...readFileSync(picture('alef.png'))],
  );
  await expect(predictions(page)).toHaveAttribute('data-label', 'alef', { timeout: 40_000 });
});

test('the paste button reads the clipboard', async ({ page, context }) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await openUpload(page);
  // The browser's clipboard outlives a test.
  await page.evaluate(() => navigator.clipboard.writeText('no picture'));
  await page.getByRole('button', { name: 'Paste' }).click();
  await expect(page.getByText('There is no picture on the clipboard.')).toBeVisible();
  await page.evaluate(
    async (bytes) => {
      const blob = new Blob([new Uint8Array(bytes)], { type: 'image/png' });
      await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
    },
    [...readFileSync(picture('alef.png'))],
  );
  await page.getByRole('button', { name: 'Paste' }).click();
  await expect(predictions(page)).toHaveAttribute('data-label', 'alef', { timeout: 40_000 });
});

test('pictures dropped beside the zone are read, and the page stays', async ({ page }) => {
  await openUpload(page);
  const files = await page.evaluateHandle(
    (bytes) => {
      const dataTransfer = new DataTransfer();
      dataTransfer.items.add(new File([new Uint8Array(bytes)], 'dropped.jpg', { type: 'image/jpeg' }));
      return dataTransfer;
    },
    [...readFileSync(picture('shin.jpg'))],
  );
  await page.dispatchEvent('h1', 'dragover', { dataTransfer: files });
  await expect(page.getByTestId('drop-zone')).toHaveAttribute('data-over', 'true');
  await page.dispatchEvent('h1', 'drop', { dataTransfer: files });
  await expect(predictions(page)).toHaveAttribute('data-label', 'shin', { timeout: 40_000 });
  await expect(page.getByTestId('drop-zone')).not.toHaveAttribute('data-over');
});

test('a crop drawn over one of two letters reads that one, and the whole picture can be had back', async ({ page }) => {
  await openUpload(page);
  await warmUp(page);
  await upload(page, 'twoLetters.png');
  const frame = page.locator('.preview__frame');
  await expect(page.getByRole('img', { name: 'Your picture: twoLetters.png' })).toBeVisible();
  for (const [from, to, label] of [
    // Not from the very edge: there a drag takes hold of a corner.
    [0.08, 0.48, 'alef'],
    [0.92, 0.52, 'shin'],
  ] as const) {
    const whole = page.getByRole('button', { name: 'Whole picture' });
    if (await whole.isEnabled()) await whole.click();
    // What is under the picture may move it as long as it is being read.
    await expect(predictions(page)).toHaveAttribute('data-state', /ready|abstained/);
    const box = (await frame.boundingBox())!;
    await page.mouse.move(box.x + box.width * from, box.y + box.height * 0.15);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * to, box.y + box.height * 0.95, { steps: 5 });
    await page.mouse.up();
    await expect(predictions(page)).toHaveAttribute('data-state', 'ready');
    await expect(predictions(page)).toHaveAttribute('data-label', label);
  }
});

test('the crop frame works by keyboard alone', async ({ page }) => {
  await openUpload(page);
  await warmUp(page);
  await upload(page, 'twoLetters.png');
  await page.getByTestId('crop-end-bottom').focus();
  for (let press = 0; press < 10; press++) await page.keyboard.press('Shift+ArrowLeft');
  await expect(page.getByTestId('crop')).toHaveAccessibleDescription(/240 by 240 pixels, 0 from the left/);
  await expect(predictions(page)).toHaveAttribute('data-label', 'alef');
  await page.getByTestId('crop').focus();
  for (let press = 0; press < 10; press++) await page.keyboard.press('Shift+ArrowRight');
  await expect(predictions(page)).toHaveAttribute('data-label', 'shin');
  await page.keyboard.press('Escape');
  await expect(page.getByTestId('crop')).toHaveAccessibleDescription(/480 by 240 pixels/);
});

test('a letter that lies on its back is read after a turn', async ({ page }) => {
  await openUpload(page);
  await warmUp(page);
  await upload(page, 'lyingOnItsBack.png');
  await expect(predictions(page)).toHaveAttribute('data-state', /ready|abstained/);
  await page.getByTestId('turn').click();
  await expect(predictions(page)).toHaveAttribute('data-label', 'lamed');
});

test('many can be stopped, taken away, and read later', async ({ page }) => {
  // Nothing is read before the model is there, so there is something left to stop, however fast the machine is.
  const release = await holdModels(page);
  await openUpload(page);
  await upload(page, ...Array.from({ length: 40 }, () => 'shadowedPhoto.jpg'));
  await page.getByTestId('stop').click();
  const stopped = predictions(page).and(page.locator('[data-error="aborted"]'));
  await expect(stopped.last()).toBeAttached();
  release();
  await expect(predictions(page).and(page.locator('[data-state="loading"]'))).toHaveCount(0);
  const left = await stopped.count();
  expect(left).toBeGreaterThan(0);
  await stopped.last().getByRole('button', { name: 'Try again' }).click();
  await expect(predictions(page).last()).toHaveAttribute('data-label', 'nun');
  await expect(stopped).toHaveCount(left - 1);
  await page.getByRole('button', { name: 'Take all away' }).click();
  await expect(predictions(page)).toHaveCount(0);
});

test('pictures are still there after a look at another screen', async ({ page }) => {
  await openUpload(page);
  await warmUp(page);
  await page.getByRole('link', { name: 'Letters' }).click();
  await expect(page.getByTestId('letter').first()).toBeVisible();
  await page.getByRole('link', { name: 'Upload' }).click();
  await expect(predictions(page)).toHaveAttribute('data-label', 'alef');
});

test('a picture pasted on the drawing screen is read on the upload screen', async ({ page }) => {
  await page.goto('./');
  // Who hears a paste comes last of the first screen's parts, with the file input, and listens once that is painted.
  await expect(page.getByTestId('upload')).toBeAttached();
  await page.evaluate(
    async (bytes) => {
      await new Promise((painted) => requestAnimationFrame(() => setTimeout(painted)));
      const clipboardData = new DataTransfer();
      clipboardData.items.add(new File([new Uint8Array(bytes)], 'image.png', { type: 'image/png' }));
      document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
    },
    [...readFileSync(picture('alef.png'))],
  );
  await expect(page).toHaveURL(/#\/upload$/);
  await expect(predictions(page)).toHaveAttribute('data-label', 'alef', { timeout: 40_000 });
});

test('the file input is there on every screen, and leads to the upload screen', async ({ page }) => {
  await page.goto('./');
  await upload(page, 'alef.png', 'shin.jpg');
  await expect(page).toHaveURL(/#\/upload$/);
  await expect.poll(() => labels(page), { timeout: 40_000 }).toEqual(['alef', 'shin']);
});

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing on answers, refusals and a crop frame, ${colorScheme}`, async ({ page }) => {
    await page.emulateMedia({ colorScheme });
    await openUpload(page);
    await upload(page, 'alef.png', 'truncatedPng.png', 'allWhite.png');
    await expect(predictions(page).first()).toHaveAttribute('data-label', 'alef', { timeout: 40_000 });
    await page.getByRole('button', { name: 'Crop', exact: true }).first().click();
    expect(await violationsOn(page)).toEqual([]);
  });
}
