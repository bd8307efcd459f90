import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { chromiumArgs } from './support/chromium.ts';
import { expect, test } from './support/installed.ts';
import { builtSite } from './support/own-site.ts';
import { findBrowser } from '../scripts/find-browser.ts';

test.describe.configure({ timeout: 300_000 });

test('Chromium finds nothing that keeps the app from being installed', async ({ ownSite }) => {
  const executablePath = findBrowser();
  const context = await chromium.launchPersistentContext(mkdtempSync(join(tmpdir(), 'ktav-profile-')), {
    ...(executablePath === undefined ? {} : { executablePath }),
    args: [...chromiumArgs],
  });
  try {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(ownSite.url);
    const session = await context.newCDPSession(page);
    const manifest = await session.send('Page.getAppManifest');
    expect(manifest.errors).toEqual([]);
    expect(manifest.url).toBe(`${ownSite.url}ktav.webmanifest`);
    await expect
      .poll(async () => (await session.send('Page.getInstallabilityErrors')).installabilityErrors, { timeout: 60_000 })
      .toEqual([]);
  } finally {
    await context.close();
  }
});

test('every picture that the web manifest names is there, and as large as it says', () => {
  const site = builtSite();
  const manifest = JSON.parse(readFileSync(join(site, 'ktav.webmanifest'), 'utf8')) as {
    readonly icons: readonly Picture[];
    readonly screenshots: readonly Picture[];
    readonly shortcuts: readonly { readonly icons: readonly Picture[] }[];
  };
  const pictures = [...manifest.icons, ...manifest.screenshots, ...manifest.shortcuts.flatMap(({ icons }) => icons)];
  expect(pictures.length).toBeGreaterThan(5);
  for (const { src, sizes, type } of pictures) {
    expect(existsSync(join(site, src)), src).toBe(true);
    if (type === 'image/png') expect(sizeOfPng(join(site, src)), src).toBe(sizes);
  }
});

type Picture = { readonly src: string; readonly sizes: string; readonly type: string };

function sizeOfPng(path: string): string {
  const bytes = readFileSync(path);
  return `${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`;
}
