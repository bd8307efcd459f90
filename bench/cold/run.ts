/**
 * `npm run bench:cold [-- --dist folder] [--visits 5] [--only first,warm] [--waterfall]`: the built page against the same network in
 * TF.js, behind a line of 1.6 Mbit/s and 150 ms, each visit with a profile of its own, one visit of each in turn.
 * first: nothing is there yet, and a stroke is written as soon as the sheet is painted. The clock runs from navigation to
 * the answer. --waterfall: what the last of them asked for, and when it came. warm: the page is loaded again once the visit
 * before has come to rest, several times, in the profile of that visit.
 */
import { rmSync } from 'node:fs';
import { misused, mustBeBuilt, readArguments, wholeNumber } from '../../scripts/command-line.ts';
import { median, pairedRatio } from '../figures.ts';
import { buildRival } from './rival-pages.ts';
import { serveShaped } from './shaped-site.ts';
import type { Encoding, ShapedSite } from './shaped-site.ts';
import { waterfallOf } from './waterfall.ts';
import { quiet, settled, visitKtav, visitRival, withProfile } from './visits.ts';
import type { FirstVisit, Visit } from './visits.ts';

const { values } = readArguments(import.meta.url, {
  options: {
    dist: { type: 'string', default: 'dist' },
    visits: { type: 'string', default: '5' },
    only: { type: 'string', default: 'first,warm' },
    waterfall: { type: 'boolean', default: false },
  },
});
const rounds = wholeNumber('--visits', values.visits, 999);
const only = values.only.split(',');
if (only.some((part) => part !== 'first' && part !== 'warm')) misused('--only takes first and warm.');
mustBeBuilt(values.dist);

/** How often a page is loaded again in one profile: for the first time once, then with what that left behind. */
const RELOADS = 3;

type Sites = { readonly ktav: ShapedSite; readonly webgl: ShapedSite; readonly wasm: ShapedSite };

const folders = { ktav: values.dist, webgl: await buildRival('webgl'), wasm: await buildRival('wasm') };
try {
  if (only.includes('first')) {
    for (const encoding of ['br', 'gzip'] as const) await served(encoding, (sites) => race(encoding, sites));
  }
  if (only.includes('warm')) await served('br', warm);
} finally {
  for (const folder of [folders.webgl, folders.wasm]) rmSync(folder, { recursive: true, force: true });
}

async function served(encoding: Encoding, work: (sites: Sites) => Promise<void>): Promise<void> {
  // The full bundle of TF.js makes functions out of text, which our policy forbids; so its pages have no heads to carry.
  const rival = (name: 'webgl' | 'wasm'): Promise<ShapedSite> =>
    serveShaped(folders[name], encoding, { headers: () => ({}) });
  const sites = {
    ktav: await serveShaped(folders.ktav, encoding),
    webgl: await rival('webgl'),
    wasm: await rival('wasm'),
  };
  try {
    await work(sites);
  } finally {
    await Promise.all(Object.values(sites).map((site) => site.close()));
  }
}

async function race(encoding: Encoding, sites: Sites): Promise<void> {
  const ktav: FirstVisit[] = [];
  const rivals = { webgl: [] as Visit[], wasm: [] as Visit[] };
  for (let round = 0; round < rounds; round++) {
    ktav.push(await withProfile((page) => visitKtav(page, sites.ktav)));
    const asked = [...sites.ktav.answers()];
    if (values.waterfall && round === rounds - 1) console.log(waterfallOf(asked).join('\n'));
    for (const name of ['webgl', 'wasm'] as const) {
      rivals[name].push(await withProfile((page) => visitRival(page, sites[name], name)));
    }
  }
  console.log(`\nFirst visit, ${encoding}, medians of ${rounds}:`);
  console.log(`  Ktav: sheet after ${whole(ktav.map(({ sheet }) => sheet))} ms, ${words(ktav)}`);
  for (const name of ['webgl', 'wasm'] as const) {
    console.log(`  TF.js, ${name}: ${words(rivals[name])}`);
    against(name, ktav, rivals[name], 0.5);
  }
}

async function warm(sites: Sites): Promise<void> {
  const ktav: Visit[][] = [];
  const rival: Visit[][] = [];
  const asked: string[] = [];
  for (let round = 0; round < rounds; round++) {
    await withProfile(async (page) => {
      await visitKtav(page, sites.ktav);
      ktav.push(
        await times(RELOADS, async () => {
          await settled(page, sites.ktav);
          const visit = await visitKtav(page, sites.ktav);
          asked.push(...sites.ktav.answers().map(({ path, bytes }) => `${path} (${bytes})`));
          return visit;
        }),
      );
    });
    await withProfile(async (page) => {
      await visitRival(page, sites.wasm, 'wasm');
      rival.push(
        await times(RELOADS, async () => {
          await quiet(sites.wasm);
          return visitRival(page, sites.wasm, 'wasm');
        }),
      );
    });
  }
  console.log(
    `\nThe page loaded again, br, ${RELOADS} times in each of ${rounds} profiles; of the network it asked, with the ` +
      `bytes after the head: ${[...new Set(asked)].join(', ') || 'nothing'}`,
  );
  const parts = [
    ['for the first time', 0, 1],
    ['after that', 1, RELOADS],
    ['all of them', 0, RELOADS],
  ] as const;
  for (const [name, from, to] of parts) {
    const mine = ktav.flatMap((visits) => visits.slice(from, to));
    const theirs = rival.flatMap((visits) => visits.slice(from, to));
    console.log(`  ${name}, medians of ${mine.length}:`);
    console.log(`    Ktav, from its service worker: ${words(mine)}`);
    console.log(`    TF.js, wasm, from the browser's cache: ${words(theirs)}`);
    against('wasm', mine, theirs, 1.2);
  }
}

async function times<T>(count: number, work: () => Promise<T>): Promise<T[]> {
  const done: T[] = [];
  while (done.length < count) done.push(await work());
  return done;
}

function whole(figures: readonly number[]): number {
  return Math.round(median(figures));
}

function words(visits: readonly Visit[]): string {
  const by = [...new Set(visits.map((visit) => visit.by))].join(', ');
  const answers = visits.map(({ answer }) => answer);
  const range = `${Math.round(Math.min(...answers))} to ${Math.round(Math.max(...answers))}`;
  return `answer after ${whole(answers)} ms (${range}) by ${by}, ${whole(visits.map(({ bytes }) => bytes))} bytes until then`;
}

function against(name: string, mine: readonly Visit[], theirs: readonly Visit[], most: number): void {
  const times = (visits: readonly Visit[]): readonly number[] => visits.map(({ answer }) => answer);
  const { median: ratio } = pairedRatio(times(mine), times(theirs));
  const verdict = ratio <= most ? 'reached' : 'NOT reached';
  console.log(`  Ktav / TF.js, ${name}: ${ratio.toFixed(2)}, asked for ${most} at most: ${verdict}`);
}
