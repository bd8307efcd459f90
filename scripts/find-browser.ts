/**
 * Gets the browser tests a Chromium: the one named, the one that Playwright has, the system's, a download,
 * the distribution's package, in that order. `tsx scripts/find-browser.ts` prints its path.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright';

/** What can be known about a machine without changing it. */
export interface Machine {
  /** KTAV_CHROMIUM: a person's own choice. */
  readonly named: string | undefined;
  /** Where Playwright keeps its own. */
  readonly bundled: string;
  /** Where the last run found one. */
  readonly remembered: string | undefined;
  readonly exists: (path: string) => boolean;
  readonly mayInstall: boolean;
}

export type Choice =
  | { readonly kind: 'use'; readonly path: string }
  /** Try in this order, and look again after each. */
  | { readonly kind: 'get'; readonly by: readonly ('download' | 'package')[] }
  | { readonly kind: 'refuse'; readonly why: string };

export const systemPaths: readonly string[] = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/microsoft-edge',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Decides; does nothing. A browser that was named and is not there is an error and no reason to take another. */
export function chooseBrowser(machine: Machine): Choice {
  const { named, bundled, remembered, exists, mayInstall } = machine;
  if (named !== undefined) {
    return exists(named)
      ? { kind: 'use', path: named }
      : { kind: 'refuse', why: `KTAV_CHROMIUM names ${named}, and there is no such file.` };
  }
  const path = [bundled, remembered, ...systemPaths].find((each) => each !== undefined && exists(each));
  if (path !== undefined) return { kind: 'use', path };
  return { kind: 'get', by: mayInstall ? ['download', 'package'] : ['download'] };
}

const memory = fileURLToPath(new URL('../.cache/browser.txt', import.meta.url));

function lookAround(): Machine {
  const root = process.getuid?.() === 0;
  return {
    named: process.env['KTAV_CHROMIUM'],
    bundled: chromium.executablePath(),
    remembered: existsSync(memory) ? readFileSync(memory, 'utf8') : undefined,
    exists: existsSync,
    mayInstall: root && existsSync('/usr/bin/apt-get'),
  };
}

const minutes = 60_000;

/** Runs to the end or to its time; the output is the person's to see, on stderr. */
function attempt(command: string, args: readonly string[], timeout: number): boolean {
  console.error(`No browser yet: ${command} ${args.join(' ')}`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return spawnSync(command, args, { timeout, env, stdio: ['ignore', 2, 2] }).status === 0;
}

const ways = {
  download: () => attempt(process.execPath, [playwrightCli(), 'install', 'chromium'], 3 * minutes),
  package: () => installPackage('chromium'),
};

/** Installs one of the distribution's packages; true when it worked. Needs root and apt-get. */
export function installPackage(name: string): boolean {
  return (
    attempt('apt-get', ['update', '-qq'], 3 * minutes) &&
    attempt('apt-get', ['install', '-y', '-qq', '--no-install-recommends', name], 10 * minutes)
  );
}

function playwrightCli(): string {
  return fileURLToPath(new URL('../node_modules/playwright/cli.js', import.meta.url));
}

/** Path of a Chromium, which may have to be fetched first. @throws if none can be had, saying what to do. */
export function findBrowser(): string {
  const choice = chooseBrowser(lookAround());
  if (choice.kind === 'refuse') throw new Error(choice.why);
  if (choice.kind === 'use') return remember(choice.path);
  for (const way of choice.by) {
    ways[way]();
    const found = chooseBrowser(lookAround());
    if (found.kind === 'use') return remember(found.path);
  }
  throw new Error('No Chromium was found or could be fetched. Install one, or name it: KTAV_CHROMIUM=/path npm test');
}

function remember(path: string): string {
  mkdirSync(dirname(memory), { recursive: true });
  writeFileSync(memory, path);
  return path;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(findBrowser());
