import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from '@playwright/test';

/** What the browser's processes hold more than at first, at the most; Linux alone, where /proc tells. */
export type MemoryWatch = {
  /** Megabytes (millions of bytes) that were added at the peak so far. */
  peak(): number;
  stop(): void;
};

/** Looks at all processes that the browser has now, fifty times a second, from when they are at rest. */
export async function watchMemory(browser: Browser): Promise<MemoryWatch> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const processes = processInfo.map(({ id }) => id);
  const before = await atRest(processes);
  let most = before;
  const look = (): void => {
    most = Math.max(most, megabytesOf(processes));
  };
  const timer = setInterval(look, 20);
  return {
    peak() {
      look();
      return most - before;
    },
    stop: () => clearInterval(timer),
  };
}

/**
 * What they hold once it has been the same for two seconds. Behind a first letter the browser goes on compiling: on a busy
 * machine up to 140 MB came so, seconds later, and were counted to a picture. A browser that never rests is taken as it is.
 */
async function atRest(processes: readonly number[]): Promise<number> {
  const looks: number[] = [];
  for (const end = Date.now() + 40_000; Date.now() < end; await sleep(200)) {
    looks.push(megabytesOf(processes));
    const last = looks.slice(-10);
    if (last.length === 10 && Math.max(...last) - Math.min(...last) < 3) break;
  }
  return looks.at(-1) ?? megabytesOf(processes);
}

/** Proportional set size of processes: what is shared between them is counted once. */
function megabytesOf(processes: readonly number[]): number {
  let kibibytes = 0;
  for (const id of processes) {
    try {
      kibibytes += Number(/^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${id}/smaps_rollup`, 'utf8'))?.[1] ?? 0);
    } catch {
      // It ended in the meantime, and what it held is free.
    }
  }
  return (kibibytes * 1024) / 1e6;
}
