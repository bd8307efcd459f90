import { runtimeOf } from '#app/install-caches';
import { begin, BEGUN } from './begun.ts';
import type { LaterStart } from './client.ts';

/**
 * The engine's thread on later visits: it sets out for what lies on this device, and brings the engine's own script
 * meanwhile. That is a module which is imported then, and Chromium keeps what it compiled of those where the service worker
 * brings them; of a thread's first script, and of what that imports in its head, it keeps nothing. A first visit, which has
 * nothing on the device, starts worker.ts itself: one file less to wait for.
 */

declare const self: DedicatedWorkerGlobalScope;

/** What the page said before the engine was there to hear it. */
const said: unknown[] = [];

/** The engine's script listens as soon as it runs, and is told of all of it in its order. */
function hold(event: MessageEvent<unknown>): void {
  event.stopImmediatePropagation();
  said.push(event.data);
}

self.addEventListener(
  'message',
  ({ data }: MessageEvent<LaterStart>) => {
    self.addEventListener('message', hold);
    // The page takes an error that nobody caught for the end of the thread, and starts another one.
    start(data).catch(self.reportError.bind(self));
  },
  { once: true },
);

async function start({ script, baseUrl, preference }: LaterStart): Promise<void> {
  const begun = begin({ baseUrl, preference, runtimes: runtimeOf(new URL('./', baseUrl).pathname) });
  await import(/* @vite-ignore */ script);
  self.removeEventListener('message', hold);
  self.dispatchEvent(new CustomEvent(BEGUN, { detail: begun }));
  for (const data of said) self.dispatchEvent(new MessageEvent('message', { data }));
}
