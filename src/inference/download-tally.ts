/** Pure: one honest bar over several files. */

export type DownloadTally = {
  /** What is known of a file so far. loadedBytes may fall back when a download starts again. */
  readonly count: (file: string, loadedBytes: number, totalBytes: number) => void;
  readonly loadedBytes: () => number;
  readonly totalBytes: () => number;
};

export function createDownloadTally(): DownloadTally {
  const files = new Map<string, { readonly loaded: number; readonly total: number }>();
  const sum = (part: 'loaded' | 'total'): number => [...files.values()].reduce((all, file) => all + file[part], 0);
  return {
    count: (file, loadedBytes, totalBytes) =>
      void files.set(file, { loaded: Math.min(loadedBytes, totalBytes), total: totalBytes }),
    loadedBytes: () => sum('loaded'),
    totalBytes: () => sum('total'),
  };
}
