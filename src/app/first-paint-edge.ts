/** Longer than any frame; a page that goes out of sight paints none. */
const PATIENCE_MS = 1000;

/**
 * Until the screen of index.html has been painted: what is asked for and run before then holds up the first thing that a
 * person sees. On a thin line that was long before the first script came. The service worker brings all at once, and
 * there is no paper to wait for.
 */
export function firstPaint(): Promise<void> {
  const isFirst = 'serviceWorker' in navigator && navigator.serviceWorker.controller === null;
  if (!isFirst || document.hidden || performance.getEntriesByType('paint').length > 0) return Promise.resolve();
  return new Promise((resolve) => {
    setTimeout(resolve, PATIENCE_MS);
    // The first is called before the frame is painted, the second after.
    requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
  });
}
