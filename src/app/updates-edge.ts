import type { Backend } from '#inference/answer';
import { trustedScript } from '#inference/trusted-script';
import { openScripts, pageLock, runtimeOf, shellsOf, TAKE_OVER } from './install-caches.ts';

/** What a backend runs on, by the backend's name; trimmed: the small one of WASM; opened: the one with a model open. */
export type RuntimeName = Backend | 'trimmed' | 'opened';

/** The browser's service worker, as far as the page has to do with it. */
export type UpdatesEdge = {
  /**
   * Keeps these runtimes and registers the service worker. onNewer is called when another build waits,
   * or has taken over from another tab. Rejects never: where there are no service workers the app needs the network.
   */
  begin(runtimes: readonly RuntimeName[], onNewer: () => void): Promise<void>;
  /** Keeps these too: something else answers than when it began. Never rejects. */
  keep(runtimes: readonly RuntimeName[]): Promise<void>;
  /** The person asked to save data, or the line is of the thinnest kind: what is not needed is not downloaded. */
  isThrifty(): boolean;
  /** Lets the build that waits take over, and loads the page anew when it has. */
  takeOver(): void;
  /** Ends the service worker; what it kept is deleted by the first page that loads without it. Never rejects. */
  retire(): Promise<void>;
};

export type UpdatesPlace = {
  /** The folder that the app is served from. */
  readonly base: URL;
  /** This page's main script: says which build it is. */
  readonly script: string;
  /** Absolute addresses of the .wasm files that backends run on; none where it needs none. */
  readonly runtimes: Readonly<Partial<Record<RuntimeName, string>>>;
};

/** The server is asked for a newer build at every load by the browser; by us when a page that stays open is looked at. */
const LOOK_EVERY_MS = 60 * 60 * 1000;
/** A service worker that does not answer does not hold up a person who asked for the newer build. */
const TAKE_OVER_MS = 10_000;

export function browserUpdates({ base, script, runtimes }: UpdatesPlace): UpdatesEdge {
  // Absent on http:// and in some private windows.
  const container: ServiceWorkerContainer | undefined = navigator.serviceWorker;
  let registration: ServiceWorkerRegistration | null = null;
  let reloading = false;

  holdLock(script);

  const keepAll = (names: readonly RuntimeName[]): Promise<void> =>
    keepRuntimes(
      base,
      names.flatMap((name) => runtimes[name] ?? []),
    );

  async function keep(names: readonly RuntimeName[]): Promise<void> {
    // Without room, or without a network by now: the service worker keeps it when it is fetched the next time.
    if (container !== undefined) await keepAll(names).catch(() => undefined);
  }

  async function begin(names: readonly RuntimeName[], onNewer: () => void): Promise<void> {
    if (container === undefined) return;
    try {
      await keepAll(names);
      await whenIdle();
      const hadOne = container.controller !== null;
      container.addEventListener('controllerchange', () => {
        // Another tab took the newer build: this one goes on with its own until it is asked to load, too.
        if (hadOne && !reloading) onNewer();
      });
      const script = new URL('sw.js', base).href;
      const trusted = trustedScript('ktav-service-worker', script, script);
      registration = await container.register(trusted, { scope: base.href });
      watch(registration, onNewer);
    } catch {
      // Forbidden by the browser, or the files could not be had: the app works as long as there is a network.
    }
  }

  function takeOver(): void {
    reloading = true;
    const waiting = registration?.waiting ?? null;
    const reload = (): void => location.reload();
    if (waiting === null) return reload();
    container?.addEventListener('controllerchange', reload, { once: true });
    setTimeout(reload, TAKE_OVER_MS);
    waiting.postMessage(TAKE_OVER, []);
  }

  async function retire(): Promise<void> {
    if (container === undefined) return;
    try {
      const found = await container.getRegistration(base.href);
      if (found?.scope === base.href) await found.unregister();
      // Under a service worker this page still lives on what is kept.
      if (container.controller === null) await forget(base, script);
    } catch {
      // No service worker could be had here in the first place.
    }
  }

  return { begin, keep, isThrifty, takeOver, retire };
}

/** Chromium's alone: where a browser says nothing, nothing is left out. */
function isThrifty(): boolean {
  const connection: unknown = Reflect.get(navigator, 'connection');
  if (!(connection instanceof EventTarget)) return false;
  const kind: unknown = Reflect.get(connection, 'effectiveType');
  return Reflect.get(connection, 'saveData') === true || kind === '2g' || kind === 'slow-2g';
}

function watch(registration: ServiceWorkerRegistration, onNewer: () => void): void {
  // Without an active one it is the first that installs, and nothing to ask anybody about.
  const look = (): void => {
    if (registration.waiting !== null && registration.active !== null) onNewer();
  };
  registration.addEventListener('updatefound', () => registration.installing?.addEventListener('statechange', look));
  registration.installing?.addEventListener('statechange', look);
  look();
  let looked = Date.now();
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState !== 'visible' || Date.now() - looked < LOOK_EVERY_MS) return;
    looked = Date.now();
    // Offline: the next look will do.
    registration.update().catch(() => undefined);
  });
}

/** For as long as the page lives: while any page holds it, the service worker keeps the files of that build. */
function holdLock(script: string): void {
  navigator.locks
    ?.request(pageLock(script), { mode: 'shared' }, () => new Promise(() => undefined))
    .catch(() => {
      // Refused where storage is: then nothing is kept that could be deleted.
    });
}

/** They came for this visit, so the browser's own cache has them, and nothing is downloaded twice. */
async function keepRuntimes(base: URL, urls: readonly string[]): Promise<void> {
  const cache = await caches.open(runtimeOf(base.pathname));
  for (const url of urls) if ((await cache.match(url, { ignoreVary: true })) === undefined) await cache.add(url);
}

function whenIdle(): Promise<void> {
  // Safari has no requestIdleCallback.
  if (typeof requestIdleCallback === 'undefined') return new Promise((resolve) => setTimeout(resolve, 200));
  return new Promise((resolve) => requestIdleCallback(() => resolve(), { timeout: 2000 }));
}

async function forget(base: URL, script: string): Promise<void> {
  const { held = [] } = await navigator.locks.query();
  const pages = openScripts(held);
  // Another page may still be served from what is kept.
  if (pages.length > 1 || pages.some((other) => other !== script)) return;
  for (const name of await caches.keys()) {
    if (name.startsWith(shellsOf(base.pathname)) || name === runtimeOf(base.pathname)) await caches.delete(name);
  }
}
