import { rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import type { BrowserContext, Page } from 'playwright';
import { chromiumArgs } from '../../e2e/support/chromium.ts';
import { findBrowser } from '../../scripts/find-browser.ts';
import { ANSWER_MARK } from './rivals/letter.ts';
import type { ShapedSite } from './shaped-site.ts';
import { writeAtOnce } from './written-at-once.ts';

/** Milliseconds from navigation; bytes that the server sent until the answer, heads of answers included. */
export type Visit = { readonly answer: number; readonly bytes: number; readonly by: string };
export type FirstVisit = Visit & { readonly sheet: number };

const ANSWERED = '[data-testid=prediction]:is([data-state=ready], [data-state=abstained])';
const PATIENCE_MS = 120_000;
const marked = (page: Page, name: string): Promise<number> =>
  page.evaluate((of) => performance.getEntriesByName(of).at(-1)?.startTime ?? Number.NaN, name);

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
    const page = context.pages()[0] ?? (await context.newPage());
    await page.addInitScript(writeAtOnce, ANSWERED);
    return await work(page);
  } finally {
    await context?.close();
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * The page is loaded, and a letter is written as soon as the sheet has been painted, by a hand inside the page that takes no
 * time: a rival's letter is drawn already, and what driving a mouse from outside costs is not the page's.
 */
export async function visitKtav(page: Page, site: ShapedSite): Promise<FirstVisit> {
  site.reset();
  await page.goto(site.url, { waitUntil: 'commit' });
  const prediction = page.locator(ANSWERED);
  await prediction.waitFor({ timeout: PATIENCE_MS });
  const by = (await prediction.getAttribute('data-backend')) ?? '';
  return { sheet: await marked(page, 'hand-sheet'), ...(await answerOf(page, site)), by };
}

/** When the page answered, and what had been sent then: whoever looks from outside sees it later. */
async function answerOf(page: Page, site: ShapedSite): Promise<{ readonly answer: number; readonly bytes: number }> {
  const answer = await marked(page, ANSWER_MARK);
  const navigated = await page.evaluate(() => performance.timeOrigin);
  return { answer, bytes: site.sent(navigated + answer) };
}

/** A rival's page has its letter drawn already, and needs no hand. */
export async function visitRival(page: Page, site: ShapedSite, by: string): Promise<Visit> {
  site.reset();
  const failed = new Promise<never>((_, reject) => page.once('pageerror', reject));
  const answered = async (): Promise<Visit> => {
    await page.goto(site.url, { waitUntil: 'commit' });
    await page.locator('body[data-answer]').waitFor({ state: 'attached', timeout: PATIENCE_MS });
    return { ...(await answerOf(page, site)), by };
  };
  return Promise.race([answered(), failed]);
}

/** Until the service worker has all that the next visit needs: it is in charge, and nothing is on its way any more. */
export async function settled(page: Page, site: ShapedSite): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => null));
  await quiet(site);
}

/** Until nothing is on its way any more. */
export async function quiet(site: ShapedSite): Promise<void> {
  const deadline = Date.now() + 2 * PATIENCE_MS;
  for (let before = -1; site.sent() !== before;) {
    if (Date.now() > deadline) throw new Error('a visit never comes to rest');
    before = site.sent();
    await new Promise((resolve) => setTimeout(resolve, 3000));
  }
}
