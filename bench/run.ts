/**
 * `npm run bench [-- --only latency,webgl,preprocessing,page] [--quick]`: measures what the issue of the app's first release
 * asks for, in one run, and says whether it was reached. Prints tables; writes bench/results/<time>.json.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';
import type { Browser, Page } from 'playwright';
import { chromiumArgs } from '../e2e/support/chromium.ts';
import { misused, readArguments } from '../scripts/command-line.ts';
import { findBrowser } from '../scripts/find-browser.ts';
import { machineAfter, machineBefore } from './machine.ts';
import { wordsOfMachine, wordsOfSection, wordsOfTargets } from './report.ts';
import type { Section } from './report.ts';
import { latency, webgl } from './sections/latency.ts';
import { pageSections, takePhotos } from './sections/page.ts';
import { preprocessing } from './sections/preprocessing.ts';
import { readServedPackage } from './served-package.ts';
import { serveBuilt } from './site.ts';

const parts = ['latency', 'webgl', 'preprocessing', 'page'] as const;
type Part = (typeof parts)[number];

const models = fileURLToPath(new URL('../public/models', import.meta.url));
const results = new URL('results/', import.meta.url);

const { values } = readArguments(import.meta.url, {
  options: { only: { type: 'string', default: parts.join() }, quick: { type: 'boolean', default: false } },
});
const asked = values.only.split(',');
const unknown = asked.filter((name) => !(parts as readonly string[]).includes(name));
if (unknown.length > 0) {
  misused(`--only takes ${parts.join(', ')}, not ${unknown.join(', ')}.`);
}
const wanted = parts.filter((part) => asked.includes(part));

const before = await machineBefore();
// Without a graphics card the tests' browser draws whole pages by SwiftShader, three times as slowly as the plain
// software compositor does: pages are measured without it, and WebGL, which there is only with it, apart from them.
const launch = (args: readonly string[]): Promise<Browser> =>
  chromium.launch({ executablePath: findBrowser(), args: [...args] });
const browser = await launch(chromiumArgs.filter((arg) => !arg.includes('swiftshader')));
try {
  const sections = await measure(browser, wanted, values.quick);
  const machine = machineAfter(before, browser.version());
  const targets = sections.flatMap((section) => section.targets);
  console.log([wordsOfMachine(machine), ...sections.map(wordsOfSection), wordsOfTargets(targets)].join('\n\n'));
  mkdirSync(results, { recursive: true });
  const file = new URL(`${machine.at.replaceAll(':', '-')}.json`, results);
  writeFileSync(
    file,
    `${JSON.stringify({ schemaVersion: 1, machine, quick: values.quick, targets, sections }, null, 1)}\n`,
  );
  console.log(`\nWritten to ${fileURLToPath(file)}`);
} finally {
  await browser.close();
}

async function measure(browser: Browser, wanted: readonly Part[], quick: boolean): Promise<readonly Section[]> {
  const sections: Section[] = [];
  const bench = await serveBuilt('bench/browser/bench.html');
  const app = wanted.includes('page') ? await serveBuilt('index.html') : null;
  const folder = mkdtempSync(join(tmpdir(), 'ktav-photos-'));
  try {
    const page = await openBench(browser, bench.url);
    if (wanted.includes('latency')) sections.push(await latency(page, models, quick));
    if (wanted.includes('webgl')) sections.push(await raceWebgl(bench.url, quick));
    if (wanted.includes('preprocessing')) sections.push(await preprocessing(page, quick));
    const photos = app === null ? [] : await takePhotos(page, folder, quick);
    // Its workers would go on holding memory beside the page that is measured next.
    await page.close();
    if (app !== null) {
      const { manifest } = await readServedPackage((path) => readFile(`${models}/${path}`));
      const labels = manifest.labels.map(({ name }) => name);
      sections.push(...(await pageSections(browser, app.url, labels, photos, quick)));
    }
    return sections;
  } finally {
    await app?.close();
    await bench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function openBench(browser: Browser, url: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(url);
  if (!(await page.evaluate(() => crossOriginIsolated))) throw new Error('without isolation clocks are too coarse');
  return page;
}

async function raceWebgl(url: string, quick: boolean): Promise<Section> {
  const drawing = await launch(chromiumArgs);
  try {
    return await webgl(await openBench(drawing, url), quick);
  } finally {
    await drawing.close();
  }
}
