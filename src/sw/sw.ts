import { TAKE_OVER } from '#app/install-caches';
import { backgroundTag } from '#feedback/errand';
import { sendInBackground } from './background.ts';
import { createKillSwitch } from './retire.ts';
import { wayOf } from './route.ts';
import type { ShellEntry } from './route.ts';
import { takeShared } from './share.ts';
import { openShell } from './shell.ts';

/** The service worker: it makes things, hands them over, and listens. What the build consists of comes from the build. */

declare const self: ServiceWorkerGlobalScope & { readonly __WB_MANIFEST: readonly ShellEntry[] };

const scope = new URL(self.registration.scope);
const shell = openShell(scope, self.__WB_MANIFEST, async () => (await pages()).length);
const killSwitch = createKillSwitch(new URL('config.json', scope).href, self.registration);

// No skipWaiting here: pages that are open are of the older build. A person says when, or all of them are closed.
self.addEventListener('install', (event) => event.waitUntil(shell.fill()));

self.addEventListener('activate', (event) => event.waitUntil(begin()));

async function begin(): Promise<void> {
  // The very first: the page that is open is of this build, and finds its parts here from now on, whatever is deployed.
  if (await shell.isFirst()) await self.clients.claim();
  await shell.sweep();
}

self.addEventListener('message', (event: ExtendableMessageEvent) => {
  if (event.data === TAKE_OVER) event.waitUntil(self.skipWaiting());
});

// Chromium alone has it; the library of types does not.
self.addEventListener('sync', (event: Event) => {
  if (!(event instanceof ExtendableEvent) || !('tag' in event) || event.tag !== backgroundTag) return;
  const isWatched = async (): Promise<boolean> =>
    (await pages()).some(({ visibilityState }) => visibilityState === 'visible');
  event.waitUntil(sendInBackground(scope, isWatched));
});

/** Of this app, whichever build they are of. */
async function pages(): Promise<readonly WindowClient[]> {
  const windows = await self.clients.matchAll({ type: 'window', includeUncontrolled: true });
  return windows.filter(({ url }) => url.startsWith(scope.href));
}

self.addEventListener('fetch', (event) => {
  switch (wayOf(event.request, scope.href, shell.lists)) {
    case 'page':
      event.respondWith(shell.page());
      event.waitUntil(Promise.all([sweepLater(), killSwitch.watch()]));
      return;
    case 'shell':
      return event.respondWith(shell.file(event.request));
    case 'runtime':
      return event.respondWith(shell.runtime(event));
    case 'share':
      return event.respondWith(takeShared(event.request, scope));
    case 'config':
      return killSwitch.pageAsked();
    case 'network':
  }
});

const SWEEP_TRIES = 4;
const SWEEP_AFTER_MS = 3000;

/** A tab of an older build may have been closed since. Not while a newer one waits: its files are not ours to judge. */
async function sweepLater(): Promise<void> {
  for (let tries = 0; tries < SWEEP_TRIES; tries++) {
    // The page that is being opened has to get as far as its lock first.
    await new Promise((resolve) => setTimeout(resolve, SWEEP_AFTER_MS));
    if (self.registration.waiting !== null || self.registration.installing !== null) return;
    if (await shell.sweep()) return;
  }
}
