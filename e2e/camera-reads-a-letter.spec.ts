import type { Page } from '@playwright/test';
import { findBrowser } from '../scripts/find-browser.ts';
import { violationsOn } from './support/audit.ts';
import { filmOf } from './support/camera.ts';
import { chromiumArgs } from './support/chromium.ts';
import { picture, predictions } from './support/pictures.ts';
import { expect, test } from './support/test.ts';

test.use({
  launchOptions: {
    executablePath: findBrowser(),
    args: [
      ...chromiumArgs,
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-video-capture=${filmOf('cameraFrame.jpg')}`,
    ],
  },
});

/** Every track that the page was ever given, to see whether it is still running. */
async function watchTracks(page: Page): Promise<() => Promise<readonly string[]>> {
  await page.addInitScript(() => {
    const tracks: MediaStreamTrack[] = [];
    const asked: MediaStreamConstraints[] = [];
    const devices = navigator.mediaDevices;
    const original = devices.getUserMedia.bind(devices);
    devices.getUserMedia = async (constraints) => {
      asked.push(constraints ?? {});
      const stream = await original(constraints);
      tracks.push(...stream.getTracks());
      return stream;
    };
    Object.assign(window, { tracks, asked });
  });
  return () =>
    page.evaluate(() =>
      (window as unknown as { tracks: MediaStreamTrack[] }).tracks.map(({ readyState }) => readyState),
    );
}

test('a letter held into the frame is read from the live picture', async ({ page, context }) => {
  await context.grantPermissions(['camera']);
  const tracks = await watchTracks(page);
  await page.goto('./?lang=en#/camera');
  await expect(page.getByTestId('shoot')).toBeEnabled();
  await page.getByTestId('shoot').click();
  await expect(predictions(page)).toHaveAttribute('data-state', 'ready', { timeout: 40_000 });
  await expect(predictions(page)).toHaveAttribute('data-label', 'bet');
  // What the aim frame held is the crop, and it can be changed.
  await expect(page.getByTestId('crop')).toHaveAccessibleDescription(/288 by 288 pixels, 176 from the left, 96 from/);
  const asked = await page.evaluate(() => (window as unknown as { asked: MediaStreamConstraints[] }).asked);
  expect(asked[0]).toMatchObject({ audio: false, video: { facingMode: { ideal: 'environment' } } });
  expect(await tracks()).toContain('live');
  expect(await violationsOn(page)).toEqual([]);
});

test('the camera stops when the screen is left', async ({ page, context }) => {
  await context.grantPermissions(['camera']);
  const tracks = await watchTracks(page);
  await page.goto('./#/camera');
  await expect(page.getByTestId('shoot')).toBeEnabled();
  await page.getByRole('link', { name: 'Draw' }).click();
  await expect(page.getByTestId('draw-surface')).toBeVisible();
  await expect.poll(async () => new Set(await tracks())).toEqual(new Set(['ended']));
});

test('the camera rests while the page is out of sight, and comes back with it', async ({ page, context }) => {
  await context.grantPermissions(['camera']);
  const tracks = await watchTracks(page);
  await page.goto('./#/camera');
  await expect(page.getByTestId('shoot')).toBeEnabled();
  const show = (hidden: boolean): Promise<void> =>
    page.evaluate((hidden) => {
      Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
      document.dispatchEvent(new Event('visibilitychange'));
    }, hidden);
  await show(true);
  await expect(page.getByText('The camera rests')).toBeVisible();
  await expect.poll(async () => new Set(await tracks())).toEqual(new Set(['ended']));
  await show(false);
  await expect(page.getByTestId('shoot')).toBeEnabled();
  expect(await tracks()).toContain('live');
});

test('a camera that goes away says so, and comes back when it is asked for', async ({ page, context }) => {
  await context.grantPermissions(['camera']);
  await watchTracks(page);
  await page.goto('./#/camera');
  await expect(page.getByTestId('shoot')).toBeEnabled();
  await page.evaluate(() => {
    // A track that a page stops by itself fires no event; unplugging does.
    for (const track of (window as unknown as { tracks: MediaStreamTrack[] }).tracks) {
      track.dispatchEvent(new Event('ended'));
    }
  });
  await expect(page.getByTestId('camera-problem')).toHaveAttribute('data-problem', 'lost');
  await page.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByTestId('shoot')).toBeEnabled();
});

test('without permission it says what to do, and the phone’s own camera still works', async ({ page, context }) => {
  await context.grantPermissions([]);
  await page.goto('./#/camera');
  const problem = page.getByTestId('camera-problem');
  await expect(problem).toHaveAttribute('data-problem', 'denied');
  await expect(problem).toContainText('Allow it in the browser');
  await expect(page.getByTestId('camera-file')).toHaveAttribute('capture', 'environment');
  await page.getByTestId('camera-file').setInputFiles(picture('shin.jpg'));
  await expect(predictions(page)).toHaveAttribute('data-label', 'shin', { timeout: 40_000 });
});
