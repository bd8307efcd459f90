import { readFileSync } from 'node:fs';
import type { Browser } from '@playwright/test';

/** What the browser's processes hold more than at first, at the most; Linux alone, where /proc tells. */
export type MemoryWatch = {
  /** Megabytes (millions of bytes) that were added at the peak so far. */
  peak(): number;
  stop(): void;
};

/** Looks at all processes that the browser has now, fifty times a second. */
export async function watchMemory(browser: Browser): Promise<MemoryWatch> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const processes = processInfo.map(({ id }) => id);
  const before = megabytesOf(processes);
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
