/**
 * `npm run feedback:speed [records]`: how long the Feedback screen takes to open in Chromium with 100 000 records, and
 * whether a row is ever blank while it is scrolled. It needs a build in dist/ (KTAV_DIST names another).
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import type { Page } from 'playwright';
import { outboxScripts } from '../e2e/harness/outbox-host.ts';
import { chromiumArgs } from '../e2e/support/chromium.ts';
import { builtSite, openOwnSite } from '../e2e/support/own-site.ts';
import { readArguments, wholeNumber } from './command-line.ts';
import { findBrowser } from './find-browser.ts';

const { positionals } = readArguments(import.meta.url, { options: {}, allowPositionals: true });
const records = wholeNumber('The number of records', positionals[0] ?? '100000', 10_000_000);
const atOnce = 1000;
const rounds = 7;
const jumps = 60;

const folder = builtSite();
// In the site's own folder, so that it fills the very database that the app opens.
for (const [path, script] of await outboxScripts()) writeFileSync(join(folder, path), script);
writeFileSync(
  join(folder, 'room.html'),
  '<!doctype html><title>Outbox</title><script type="module" src="room.js"></script>',
);
const site = await openOwnSite(folder);
const profile = mkdtempSync(join(tmpdir(), 'ktav-feedback-'));
const context = await chromium.launchPersistentContext(profile, {
  executablePath: findBrowser(),
  args: [...chromiumArgs],
  viewport: { width: 412, height: 823 },
});
try {
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(`${site.url}room.html`);
  for (let from = 1; from <= records; from += atOnce)
    await page.evaluate(([from, count]) => window.outboxRoom.seed(from, count), [from, atOnce] as const);

  const rows: number[] = [];
  const whole: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await page.goto(site.url);
    await page.getByTestId('prediction').waitFor();
    await page.waitForTimeout(3000);
    const opened = await opening(page, records);
    rows.push(opened.rows);
    whole.push(opened.whole);
    await page.goto('about:blank');
  }
  report('first rows in sight', rows);
  report(`all ${records} in the list`, whole);

  await page.goto(`${site.url}#/feedback`);
  await page.locator(`[data-testid="records"][data-count="${records}"]`).waitFor();
  const { frames, blank } = await scrolled(page, jumps);
  console.log(`scrolled ${jumps} times: ${blank} of ${frames} frames with a blank row`);
} finally {
  await context.close();
  await site.stop();
  rmSync(profile, { recursive: true, force: true });
  rmSync(folder, { recursive: true, force: true });
}

/** Milliseconds from the click on the link to the frames that show rows, and know of all. No function in here has a name: tsx would mark it with what the page does not know. */
function opening(page: Page, all: number): Promise<{ readonly rows: number; readonly whole: number }> {
  return page.evaluate(async (all) => {
    const start = performance.now();
    document.querySelector<HTMLElement>('a[href="#/feedback"]')?.click();
    const rows = document.getElementsByClassName('record-grid');
    while (document.querySelector('[data-testid="records"] [data-index]') === null)
      await new Promise((resolve) => requestAnimationFrame(resolve));
    const seen = performance.now() - start;
    while (rows[0]?.getAttribute('data-count') !== String(all))
      await new Promise((resolve) => requestAnimationFrame(resolve));
    return { rows: seen, whole: performance.now() - start };
  }, all);
}

/** Jumps up and down the list, and looks at every frame whether the middle of the screen has a record. */
function scrolled(page: Page, jumps: number): Promise<{ readonly frames: number; readonly blank: number }> {
  return page.evaluate(async (jumps) => {
    const { top, height } = document.querySelector('.record-track')!.getBoundingClientRect();
    const from = top + scrollY;
    let frames = 0;
    let blank = 0;
    for (let jump = 0; jump < jumps; jump++) {
      // Over the whole length, in an order that is no order.
      const to = from + innerHeight + ((jump * 0.618_034) % 1) * (height - 3 * innerHeight);
      for (const y of [to, to + 150, to + 900]) {
        scrollTo({ top: y, behavior: 'instant' });
        for (let i = 0; i < 4; i++) {
          await new Promise((resolve) => requestAnimationFrame(resolve));
          frames++;
          // Between two cells is paper: where a few pixels lower there is none either, a row is missing.
          const column = [0, 10, 20, 30].map((below) =>
            document.elementFromPoint(innerWidth * 0.25, innerHeight / 2 + below)?.closest('[data-index]'),
          );
          if (column.every((cell) => !cell)) blank++;
        }
      }
    }
    return { frames, blank };
  }, jumps);
}

function report(what: string, times: readonly number[]): void {
  const sorted = times.toSorted((a, b) => a - b).map(Math.round);
  console.log(`${what.padEnd(36)} median ${sorted[rounds >> 1]} ms, from ${sorted[0]} to ${sorted.at(-1)}`);
}
