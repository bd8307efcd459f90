/** `npm run outbox:speed [records]`: how long the outbox takes for its answers in Chromium, with 100 000 records, and to save. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright';
import { startOutboxHost } from '../e2e/harness/outbox-host.ts';
import { chromiumArgs } from '../e2e/support/chromium.ts';
import { readArguments, wholeNumber } from './command-line.ts';
import { findBrowser } from './find-browser.ts';

const { positionals } = readArguments(import.meta.url, { options: {}, allowPositionals: true });
const records = wholeNumber('The number of records', positionals[0] ?? '100000', 10_000_000);
const atOnce = 1000;
const rounds = 5;

const profile = mkdtempSync(join(tmpdir(), 'ktav-outbox-'));
const host = await startOutboxHost();
// On disk, as a person's profile is.
const context = await chromium.launchPersistentContext(profile, {
  executablePath: findBrowser(),
  args: [...chromiumArgs],
});
try {
  const page = context.pages()[0] ?? (await context.newPage());
  await page.goto(host.url);
  const start = performance.now();
  for (let from = 1; from <= records; from += atOnce)
    await page.evaluate(([from, count]) => window.outboxRoom.seed(from, count), [from, atOnce] as const);
  console.log(`${records} records written in ${Math.round((performance.now() - start) / 1000)} s`);

  const times: Readonly<Record<string, number>>[] = [];
  for (let round = 0; round < rounds; round++) {
    await page.reload();
    times.push(await page.evaluate(() => window.outboxRoom.time()));
  }
  for (const question of Object.keys(times[0] ?? {})) {
    const sorted = times.map((one) => one[question] ?? Number.NaN).toSorted((a, b) => a - b);
    console.log(`${question.padEnd(36)} median ${sorted[rounds >> 1]}, from ${sorted[0]} to ${sorted.at(-1)}`);
  }
  await page.reload();
  await page.evaluate(() => window.outboxRoom.openGuarded());
  const saves = await page.evaluate((count) => window.outboxRoom.timeSaves(count), 300);
  for (const [name, times] of Object.entries({ 'with second copy': saves.guarded, without: saves.bare })) {
    const sorted = times.toSorted((a, b) => a - b);
    const at = (share: number): number | undefined => sorted[Math.floor(share * sorted.length)];
    console.log(`${`save ${name}`.padEnd(36)} p50 ${at(0.5)}, p95 ${at(0.95)}`);
  }
} finally {
  await context.close();
  await host.close();
  rmSync(profile, { recursive: true, force: true });
}
