import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import type { BrowserContext, Page } from 'playwright';
import { chromiumArgs } from '../../e2e/support/chromium.ts';
import { findBrowser } from '../../scripts/find-browser.ts';
import type { ShapedSite } from './shaped-site.ts';

/** Milliseconds from navigation; bytes that the server sent until the answer, heads of answers included. */
export type Visit = { readonly answer: number; readonly bytes: number; readonly by: string };
export type FirstVisit = Visit & { readonly sheet: number };

const PATIENCE_MS = 120_000;
const now = (page: Page): Promise<number> => page.evaluate(() => performance.now());

/** A browser with a profile that nobody had before, on disk as a person's is. */
export async function withProfile<T>(work: (page: Page) => Promise<T>): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), 'ktav-profile-'));
  let context: BrowserContext | null = null;
  try {
    context = await chromium.launchPersistentContext(profile, {
      executablePath: findBrowser(),
      args: [...chromiumArgs],
      viewport: { width: 412, height: 823 },
      locale: 'en-GB',
    });
    return await work(context.pages()[0] ?? (await context.newPage()));
  } finally {
    await context?.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** The page is loaded, and a stroke is written as soon as there is a sheet. */
export async function visitKtav(page: Page, site: ShapedSite): Promise<FirstVisit> {
  site.reset();
  await page.goto(site.url, { waitUntil: 'commit' });
  const surface = page.getByTestId('draw-surface');
  await surface.waitFor({ timeout: PATIENCE_MS });
  const sheet = await now(page);
  const box = await surface.boundingBox();
  if (box === null) throw new Error('there is no sheet to write on');
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.35);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width * 0.5, box.y + box.height * 0.65, { steps: 6 });
  await page.mouse.up();
  const prediction = page.locator('[data-testid=prediction]:is([data-state=ready], [data-state=abstained])');
  await prediction.waitFor({ timeout: PATIENCE_MS });
  const bytes = site.sent();
  const answer = await now(page);
  return { sheet, answer, bytes, by: (await prediction.getAttribute('data-backend')) ?? '' };
}

/** A rival's page has its letter drawn already, and needs no hand. */
export async function visitRival(page: Page, site: ShapedSite, by: string): Promise<Visit> {
  site.reset();
  const failed = new Promise<never>((_, reject) => page.once('pageerror', reject));
  const answered = async (): Promise<Visit> => {
    await page.goto(site.url, { waitUntil: 'commit' });
    await page.locator('body[data-answer]').waitFor({ state: 'attached', timeout: PATIENCE_MS });
    return { bytes: site.sent(), answer: await now(page), by };
  };
  return Promise.race([answered(), failed]);
}

/** Until the service worker has all that the next visit needs: it is in charge, and nothing is on its way any more. */
export async function settled(page: Page, site: ShapedSite): Promise<void> {
  const deadline = Date.now() + 2 * PATIENCE_MS;
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  for (let before = -1; site.sent() !== before;) {
    if (Date.now() > deadline) throw new Error('the first visit never comes to rest');
    before = site.sent();
    await new Promise((resolve) => setTimeout(resolve, 3000));
  }
}
