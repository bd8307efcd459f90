import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import type { Page } from '@playwright/test';
import { findBrowser } from '../scripts/find-browser.ts';
import { chromiumArgs } from './support/chromium.ts';
import { predictionOf, sheetOf, write } from './support/hand.ts';
import type { Written } from './support/hand.ts';
import { expect, test as base } from './support/installed.ts';

/**
 * Chromium offers to install an app only where something lasts, so these pages have a profile of their own. The event is
 * the browser's own, asked for without the half minute of use that it waits for otherwise.
 */
const test = base.extend<{ visitor: Page }>({
  visitor: async ({ ownSite }, use) => {
    const profile = mkdtempSync(join(tmpdir(), 'ktav-profile-'));
    const context = await chromium.launchPersistentContext(profile, {
      executablePath: findBrowser(),
      args: [...chromiumArgs, '--bypass-app-banner-engagement-checks'],
      locale: 'en-GB',
    });
    const page = context.pages()[0] ?? (await context.newPage());
    // Attributes of the page: whether the browser said that it can, and how often the page had it ask.
    await page.addInitScript(() => {
      addEventListener('beforeinstallprompt', (event) => {
        const told = document.documentElement.dataset;
        told['canInstall'] = String(event.isTrusted);
        Object.assign(event, {
          prompt: async () => void (told['asked'] = String(Number(told['asked'] ?? 0) + 1)),
        });
      });
    });
    await page.goto(ownSite.url);
    await use(page);
    await context.close();
    // The last of its processes may still be writing.
    rmSync(profile, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
  },
});

test.describe.configure({ timeout: 300_000 });

const vav: Written = [
  [
    [0.5, 0.36],
    [0.5, 0.64],
  ],
];

/** One letter in one stroke, and what the app remembers of the offer when it was answered. */
async function writeVav(page: Page, before: number): Promise<void> {
  await sheetOf(page).focus();
  await page.keyboard.press('Delete');
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'idle');
  await write(page, vav);
  await expect(predictionOf(page)).toHaveAttribute('data-state', 'ready', { timeout: 60_000 });
  await expect.poll(() => remembered(page)).toMatchObject({ answers: Math.min(before + 1, 3) });
}

const remembered = (page: Page): Promise<unknown> =>
  page.evaluate((): unknown => JSON.parse(localStorage.getItem('ktav.install-offer.1') ?? 'null'));

/** A browser that says that it can, and two letters later: as far as nothing is offered. */
async function twoLetters(page: Page): Promise<void> {
  await writeVav(page, 0);
  await expect(page.locator('html')).toHaveAttribute('data-can-install', 'true', { timeout: 60_000 });
  await writeVav(page, 1);
  await expect(page.getByTestId('notice')).toHaveCount(0);
  expect(await remembered(page)).toEqual({ answers: 2, offered: false });
}

test('the third letter brings the offer to install, once; who does not want it is not asked again', async ({
  visitor,
}) => {
  await twoLetters(visitor);
  await writeVav(visitor, 2);
  const notice = visitor.getByTestId('notice');
  await expect(notice).toHaveAttribute('data-topic', 'install');
  await notice.getByRole('button', { name: 'Not now' }).click();
  await expect(notice).toHaveCount(0);
  await writeVav(visitor, 3);
  await expect(notice).toHaveCount(0);

  await visitor.reload();
  await expect(visitor.locator('html')).toHaveAttribute('data-can-install', 'true', { timeout: 60_000 });
  await writeVav(visitor, 3);
  await expect(notice).toHaveCount(0);
  await expect(visitor.locator('html')).not.toHaveAttribute('data-asked');
});

test('who agrees is asked by the browser, once', async ({ visitor }) => {
  // Letters of earlier visits count.
  await visitor.evaluate(() => localStorage.setItem('ktav.install-offer.1', '{"answers":2,"offered":false}'));
  await visitor.reload();
  await expect(visitor.locator('html')).toHaveAttribute('data-can-install', 'true', { timeout: 60_000 });
  await writeVav(visitor, 2);
  await visitor.getByTestId('notice').getByRole('button', { name: 'Install' }).click();
  await expect(visitor.locator('html')).toHaveAttribute('data-asked', '1');
  await expect(visitor.getByTestId('notice')).toHaveCount(0);
});
