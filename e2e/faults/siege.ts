import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Orders } from '../harness/faults-orders.ts';
import { openBrowser } from './browser.ts';
import type { Browser, Killable } from './browser.ts';
import { oneOf } from './chance.ts';
import type { Ledger } from './ledger.ts';
import type { FaultProxy } from './proxy.ts';
import { judge, movedIn } from './verdict.ts';
import type { Verdict } from './verdict.ts';

export type SiegeParts = {
  readonly browser: Browser;
  /** Where the page is, through a proxy that hands its words to the ledger. */
  readonly page: string;
  readonly target: Pick<Orders['target'], 'profile' | 'baseUrl'>;
  /** In front of the target. */
  readonly proxy: FaultProxy;
  readonly ledger: Ledger;
  /** By its owner: path below feedback/ → bytes. */
  readonly stored: () => Promise<ReadonlyMap<string, Uint8Array>>;
  readonly chance: () => number;
  readonly kills: number;
  /** PUTs that must have met a fault before the fire ends. */
  readonly faulted: number;
  readonly unsealed?: boolean;
  /** Called with the profile after each kill. */
  readonly afterKill?: (profile: string) => void;
};

export type Outcome = Verdict & {
  readonly kills: number;
  readonly faulted: number;
  readonly faults: FaultProxy['done'];
  readonly promised: number;
  readonly objects: number;
  /** Batches that were sent to more than one path. */
  readonly moved: readonly string[];
  /** Records in batches that the target would not take. */
  readonly refused: number;
  /** Times that the browser threw its database away. */
  readonly discards: number;
  /** Records that came back from the second copy. */
  readonly restored: number;
  readonly seconds: number;
};

const withoutEnd = 1_000_000;
const tenYears = 315_576_000_000;
/** A loaded machine takes its time to start a browser. */
const patience = 120_000;

/**
 * Lives of a browser over one profile, each ended by SIGKILL; then one that is left alone until nothing is owed.
 * @throws if a page breaks, never speaks, or never comes to the end of what it owes.
 */
export async function besiege(parts: SiegeParts): Promise<Outcome> {
  const { chance, proxy } = parts;
  const profile = mkdtempSync(join(tmpdir(), 'ktav-profile-'));
  const started = Date.now();
  try {
    for (let life = 0; life < parts.kills; life += 1) {
      const browser = open(parts, profile, withoutEnd, oneOf(chance, [1, 1, 2, 4]));
      // Some die while they start; then it is a matter of luck whether the page was there at all.
      if (chance() < 0.85) await untilHeard(parts, browser);
      await sleep(chance() * 1500);
      if (chance() < 0.2) {
        // Another tab may take over what this one had, if there is one.
        browser.crashTab(chance);
        await sleep(chance() * 800);
      }
      await browser.kill();
      parts.afterKill?.(profile);
      if ((life + 1) % 100 === 0) console.log(`${life + 1} kills, ${proxy.faulted()} faulted PUTs`);
    }
    if (proxy.faulted() < parts.faulted) {
      const browser = open(parts, profile, withoutEnd, 2);
      await until(parts, browser, 600_000, () => proxy.faulted() >= parts.faulted);
      await browser.kill();
    }
    proxy.share = 0;
    await untilAllIsSent(parts, profile, 0);
    return await outcomeOf(parts, started);
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

/** One window of private browsing, which forgets everything when it is closed, under fire until all has arrived. */
export async function visitInPrivate(parts: SiegeParts, records: number): Promise<Outcome> {
  const profile = mkdtempSync(join(tmpdir(), 'ktav-profile-'));
  const started = Date.now();
  try {
    await untilAllIsSent(parts, profile, records);
    return await outcomeOf(parts, started);
  } finally {
    rmSync(profile, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

async function untilAllIsSent(parts: SiegeParts, profile: string, records: number): Promise<void> {
  const { ledger } = parts;
  const words = ledger.words();
  const browser = open(parts, profile, records, 1);
  const isDone = (): boolean =>
    ledger.words() > words && ledger.counts()?.waiting === 0 && ledger.counts()?.batches === 0;
  await until(parts, browser, patience + 180_000, isDone);
  await browser.kill();
}

async function outcomeOf({ proxy, ledger, stored, kills }: SiegeParts, started: number): Promise<Outcome> {
  await proxy.settled();
  const objects = await stored();
  return {
    ...judge(ledger.promised, objects),
    kills,
    faulted: proxy.faulted(),
    faults: { ...proxy.done },
    promised: ledger.promised.size,
    objects: objects.size,
    moved: movedIn(proxy.paths),
    refused: ledger.counts()?.refused ?? -1,
    discards: ledger.discards(),
    restored: ledger.restored(),
    seconds: Math.round((Date.now() - started) / 1000),
  };
}

function open(parts: SiegeParts, profile: string, records: number, tabs: number): Killable {
  const { chance, browser, ledger, target, page, unsealed = false } = parts;
  const orders: Orders = {
    // From one record to about a hundred; another setting must not change what is sealed already.
    target: { ...target, capBytes: oneOf(chance, [10_000, 30_000, 100_000]), gzip: chance() < 0.3 },
    records,
    moreTabs: tabs - 1,
    clockOff: records === 0 ? 0 : oneOf(chance, [0, 0, tenYears, -tenYears]),
    unsealed,
  };
  const url = `${page}?${encodeURIComponent(JSON.stringify(orders))}`;
  return openBrowser(browser, profile, url, ledger.discard);
}

function untilHeard(parts: SiegeParts, browser: Killable): Promise<void> {
  const before = parts.ledger.words();
  return until(parts, browser, patience, () => parts.ledger.words() > before);
}

async function until({ ledger }: SiegeParts, browser: Killable, limit: number, isSo: () => boolean): Promise<void> {
  const stop = async (why: string): Promise<never> => {
    await browser.kill();
    throw new Error(`${why}; last counts: ${JSON.stringify(ledger.counts())}; the browser said: ${browser.said()}`);
  };
  for (const end = Date.now() + limit; !isSo(); await sleep(20)) {
    const broken = ledger.broken();
    if (broken !== null) await stop(`A page broke: ${broken}`);
    if (browser.isGone()) await stop('The browser ended by itself');
    if (Date.now() > end) await stop(`Nothing came of it in ${limit / 1000} s`);
  }
}
