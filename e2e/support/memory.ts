import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser } from '@playwright/test';

/** What the browser's processes hold more than at first, at the most; Linux alone, where /proc tells. */
export type MemoryWatch = {
  /** Megabytes (millions of bytes) that were added so far, each process at its own peak: rather too much than too little. */
  peak(): number;
  stop(): void;
};

/** Milliseconds between two looks: a peak may last for some hundredths of a second. */
const LOOKS_EVERY = 5;

/**
 * Watches all processes that the browser has now, from when they are at rest. What counts is the pages that each has in
 * memory (RSS), whoever else has them too. Shares of pages (PSS) will not do: those of the program's own file are divided
 * by all browsers of the machine, and when another one ends, up to 140 MB are suddenly this one's alone.
 */
export async function watchMemory(browser: Browser): Promise<MemoryWatch> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  const processes = processInfo.map(({ id }) => id);
  await untilAtRest(processes);
  // 5: from here on the kernel's own peak is what there is now. It keeps most of those that come between two looks.
  for (const id of processes) writeFileSync(`/proc/${id}/clear_refs`, '5');
  const before = processes.map((id) => megabytes(id, 'VmRSS'));
  const most = [...before];
  const look = (): void => {
    for (const [i, id] of processes.entries()) most[i] = Math.max(most[i] ?? 0, megabytes(id, 'VmHWM'));
  };
  const timer = setInterval(look, LOOKS_EVERY);
  return {
    peak() {
      look();
      return sum(most) - sum(before);
    },
    stop: () => clearInterval(timer),
  };
}

/**
 * Until it has been the same for a second: behind a first letter the browser still paints and tidies up, and up to 15 MB of
 * that were counted to the picture that came next. A browser that never rests is taken as it is.
 */
async function untilAtRest(processes: readonly number[]): Promise<void> {
  const looks: number[] = [];
  for (const end = Date.now() + 20_000; Date.now() < end; await sleep(200)) {
    looks.push(sum(processes.map((id) => megabytes(id, 'VmRSS'))));
    const last = looks.slice(-6);
    if (last.length === 6 && Math.max(...last) - Math.min(...last) < 3) return;
  }
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** Pages in memory, now or at their peak; none of a process that ended meanwhile. */
function megabytes(process: number, name: 'VmRSS' | 'VmHWM'): number {
  const kibibytes = new RegExp(`^${name}:\\s+(\\d+) kB$`, 'm').exec(statusOf(process))?.[1];
  return (Number(kibibytes ?? 0) * 1024) / 1e6;
}

function statusOf(process: number): string {
  try {
    return readFileSync(`/proc/${process}/status`, 'utf8');
  } catch {
    return '';
  }
}
