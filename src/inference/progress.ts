import type { EngineStatus } from './answer.ts';
import { createDownloadTally } from './download-tally.ts';

/** Often enough for a bar that moves, seldom enough not to keep the page busy. */
const INTERVAL = 50;

export interface StartProgress {
  /** Bytes of a file so far; tells the page, not too often. */
  count(file: string, loadedBytes: number, totalBytes: number): void;
  testing(): void;
  /** From here on somebody answers, or has failed to: a download behind the scenes is no longer the page's business. */
  over(): void;
}

/** What the page is told between the start and the first backend that answers. */
export function createStartProgress(tell: (status: EngineStatus) => void, now: () => number): StartProgress {
  const tally = createDownloadTally();
  let told = -Infinity;
  let isOver = false;
  let isTesting = false;
  return {
    count(file, loadedBytes, totalBytes) {
      tally.count(file, loadedBytes, totalBytes);
      if (isOver || isTesting) return;
      const loaded = tally.loadedBytes();
      const total = tally.totalBytes();
      if (loaded < total && now() - told < INTERVAL) return;
      told = now();
      tell({ phase: 'downloading', loadedBytes: loaded, totalBytes: total });
    },
    testing() {
      if (isOver) return;
      isTesting = true;
      tell({ phase: 'testing' });
    },
    over() {
      isOver = true;
    },
  };
}
