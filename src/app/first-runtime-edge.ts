/**
 * The page of the build names the runtime that a first visit answers by (vite.config.ts), and it is set out for while the
 * engine's thread is still busy with its own script: until it asks, the line would lie idle. The thread then takes it out
 * of the browser's cache, or joins what is on its way. Later visits have it from the service worker.
 */
export function fetchFirstRuntime(): void {
  const address = document.querySelector('meta[name="ktav-first-runtime"]')?.getAttribute('content') ?? '';
  const isFirst = 'serviceWorker' in navigator && navigator.serviceWorker.controller === null;
  if (address === '' || !isFirst || !('OffscreenCanvas' in window)) return;
  void fetchWhole(new URL(address, document.baseURI).href);
}

async function fetchWhole(url: string): Promise<void> {
  try {
    // To its end: a body that nobody reads would hold up whoever joins it.
    await (await fetch(url, { priority: 'low' })).arrayBuffer();
  } catch {
    // The thread asks for it itself, and says what is wrong.
  }
}
