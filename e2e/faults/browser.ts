import { spawn } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { oneOf } from './chance.ts';

/** A browser over a profile on disk, in a process group of its own. */
export type Killable = {
  /** Ends one process that draws pages, as a tab that crashes: the browser lives on. */
  readonly crashTab: (chance: () => number) => void;
  readonly kill: () => Promise<void>;
  readonly isGone: () => boolean;
  readonly said: () => string;
};
export type Browser = {
  readonly kind: 'chromium' | 'firefox';
  readonly path: string;
  /** Private browsing: nothing outlives the window. */
  readonly isPrivate?: boolean;
};

const chromiumArgs = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--in-process-gpu',
  '--disable-quic',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-extensions',
  '--hide-crash-restore-bubble',
  // Several tabs save and send at once, and only one of them is in front.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  // A page opens the other tabs by itself.
  '--disable-popup-blocking',
  '--remote-debugging-port=0',
];

/** A stock profile asks questions, goes to its maker's pages, and after crashes offers to start without our page. */
const firefoxPreferences = {
  'app.normandy.enabled': false,
  'app.update.auto': false,
  'browser.aboutwelcome.enabled': false,
  'browser.sessionstore.resume_from_crash': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.homepage_override.mstone': 'ignore',
  'browser.tabs.warnOnClose': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'dom.disable_open_during_load': false,
  'dom.min_background_timeout_value': 4,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'toolkit.startup.max_resumed_crashes': -1,
  'toolkit.telemetry.reportingpolicy.firstRun': false,
};

/** What Chromium says when it finds its database unreadable, deletes it, and gives the page an empty one. */
const discards = /Failed to open LevelDB database .*Corruption/;

/** profile: a folder that outlives the kill. onDiscard: the browser has thrown its database away, by its own words. */
export function openBrowser(
  { kind, path, isPrivate = false }: Browser,
  profile: string,
  url: string,
  onDiscard: () => void,
): Killable {
  mkdirSync(profile, { recursive: true });
  if (kind === 'firefox') {
    const lines = Object.entries(firefoxPreferences).map(
      ([name, value]) => `user_pref("${name}", ${JSON.stringify(value)});`,
    );
    writeFileSync(join(profile, 'user.js'), lines.join('\n'));
  } else {
    // They name the process that was killed; a number may have been given to another one since.
    for (const name of ['SingletonLock', 'SingletonCookie', 'SingletonSocket'])
      rmSync(join(profile, name), { force: true });
  }
  const args =
    kind === 'firefox'
      ? ['--headless', '--no-remote', '--profile', profile, ...(isPrivate ? ['--private-window'] : []), url]
      : [...chromiumArgs, ...(isPrivate ? ['--incognito'] : []), `--user-data-dir=${profile}`, url];
  // detached: a group of its own, so that one signal ends all its processes at one moment.
  const child = spawn('setpriv', ['--pdeathsig=KILL', '--', path, ...args], {
    detached: true,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  let line = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said = `${said}${chunk.toString()}`.slice(-4000);
    const lines = `${line}${chunk.toString()}`.split('\n');
    line = lines.pop() ?? '';
    if (lines.some((each) => discards.test(each))) onDiscard();
  });
  const { pid } = child;
  if (pid === undefined) throw new Error(`${path} did not start`);
  const exited = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  let gone = false;
  void exited.then(() => (gone = true));
  return {
    isGone: () => gone,
    crashTab(chance) {
      const tabs = tabsOf(pid);
      if (tabs.length > 0) process.kill(oneOf(chance, tabs), 'SIGKILL');
    },
    said: () => said,
    async kill() {
      killGroup(pid);
      await exited;
      // The others of the group are gone a moment after the first; whom nobody reaps stays in the table.
      for (let i = 0; i < 50 && killGroup(pid); i += 1) await sleep(10);
    },
  };
}

/** The processes of the group that draw pages. They come and go while this is read. */
function tabsOf(group: number): readonly number[] {
  const read = (id: string, file: string): string => {
    try {
      return readFileSync(`/proc/${id}/${file}`, 'utf8');
    } catch {
      return '';
    }
  };
  return readdirSync('/proc')
    .filter((id) => /^\d+$/.test(id))
    .filter(
      (id) =>
        Number(
          read(id, 'stat')
            .replace(/^.*\) /s, '')
            .split(' ')[2],
        ) === group,
    )
    .filter((id) => /--type=renderer|-contentproc.* tab$/.test(read(id, 'cmdline').replaceAll('\0', ' ').trim()))
    .map(Number);
}

/** false: there is nobody left in the group. */
function killGroup(pid: number): boolean {
  try {
    process.kill(-pid, 'SIGKILL');
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ESRCH') return false;
    throw error;
  }
}
