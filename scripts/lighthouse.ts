/**
 * `npm run audit:lighthouse [-- --dist dist] [--runs 3]`: Lighthouse's four marks for the built page, as on a phone, with
 * the headers of production and brotli. Prints each run, the medians and what cost points; fails where a median is not 100.
 */
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { median } from '../bench/figures.ts';
import { UNSHAPED } from '../bench/cold/line.ts';
import { serveShaped } from '../bench/cold/shaped-site.ts';
import { mustBeBuilt, readArguments, wholeNumber } from './command-line.ts';
import { findBrowser } from './find-browser.ts';
import { categories, readReport } from './lighthouse-report.ts';
import type { Marks } from './lighthouse-report.ts';

/** By npx and not as a dependency: 176 MB for one command. */
const LIGHTHOUSE = 'lighthouse@13.5.0';
const LIMIT_MS = 300_000;
/** Now and then Chromium's trace lacks the beginning of the visit: nothing was measured then, and it is looked at again. */
const NOTHING_MEASURED = 'NO_NAVSTART';
const TRIES = 3;
const chromeFlags =
  '--headless=new --no-sandbox --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync';

const { values } = readArguments(import.meta.url, {
  options: { dist: { type: 'string', default: 'dist' }, runs: { type: 'string', default: '3' } },
});
const runs = wholeNumber('--runs', values.runs, 99);
mustBeBuilt(values.dist);

const folder = mkdtempSync(join(tmpdir(), 'ktav-lighthouse-'));
const site = await serveShaped(values.dist, 'br', { speed: UNSHAPED });
try {
  const marks: Marks[] = [];
  const costly = new Map<string, string>();
  for (let run = 1; run <= runs; run++) {
    const report = readReport(JSON.parse(await audited(site.url, join(folder, `${run}.json`))));
    marks.push(report.marks);
    for (const { id, says } of report.costly) costly.set(id, says);
    console.log(`Run ${run}, load ${loadavg()[0]?.toFixed(1)}: ${words(report.marks)}. ${report.figures}`);
  }
  const medians = Object.fromEntries(
    categories.map((name) => [name, median(marks.map((mark) => mark[name]))]),
  ) as Marks;
  console.log(`Medians: ${words(medians)}`);
  for (const [id, says] of costly) console.log(`  cost points: ${id}, ${says}`);
  if (!categories.every((name) => medians[name] === 100)) process.exitCode = 1;
} finally {
  await site.close();
  rmSync(folder, { recursive: true, force: true });
}

async function audited(url: string, path: string, tries = TRIES): Promise<string> {
  try {
    return await audit(url, path);
  } catch (error) {
    if (tries === 1 || !String(error).includes(NOTHING_MEASURED)) throw error;
    console.log('Chromium recorded no beginning of the visit, so that there is nothing to mark: once more.');
    return audited(url, path, tries - 1);
  }
}

async function audit(url: string, path: string): Promise<string> {
  const wish = ['--output=json', `--output-path=${path}`, '--quiet', `--only-categories=${categories.join()}`];
  const flags = [...wish, `--chrome-flags=${chromeFlags}`];
  const env = { ...process.env, CHROME_PATH: findBrowser() };
  await promisify(execFile)('npx', ['--yes', LIGHTHOUSE, url, ...flags], { env, timeout: LIMIT_MS });
  return readFileSync(path, 'utf8');
}

function words(marks: Marks): string {
  return categories.map((name) => `${name} ${marks[name]}`).join(', ');
}
