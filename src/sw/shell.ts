import { openScripts, runtimeOf, shellsOf } from '#app/install-caches';
import { keptPage } from './kept-page.ts';
import { foreignAssets, isRuntime } from './route.ts';
import type { ShellEntry } from './route.ts';

/** The files of one build of the app in a cache of their own, beside those of builds that a page still uses. */
export type Shell = {
  readonly lists: (path: string) => boolean;
  /** Brings all files of this build; rejects, and keeps none, where one is missing or the page is of another build. */
  fill(): Promise<void>;
  /** No other build of the app is kept here. */
  isFirst(): Promise<boolean>;
  page(): Promise<Response>;
  /** From this build, from another one, or from the network. */
  file(request: Request): Promise<Response>;
  /** As file(); what comes from the network is kept. */
  runtime(event: FetchEvent): Promise<Response>;
  /**
   * Deletes older builds that no open page is of, and runtimes that no kept build names. False, and nothing is deleted,
   * while a page is opening: it does not hold its lock yet, and nobody knows its build.
   */
  sweep(): Promise<boolean>;
};

/** What the server says of how to compress an answer is nothing to tell kept answers apart by. */
const ANY = { ignoreVary: true } as const;

/** windows: how many pages of this app are open. */
export function openShell(scope: URL, listed: readonly ShellEntry[], windows: () => Promise<number>): Shell {
  const entries = listed.filter((entry) => !isRuntime(entry));
  const urls = new Set(entries.map(({ url }) => url));
  const prefix = shellsOf(scope.pathname);
  const runtimeName = runtimeOf(scope.pathname);
  const absolute = (path: string): string => new URL(path, scope).href;
  /** Asked for as people do: some hosts redirect index.html, and a redirected answer is none for a page. */
  const pageUrl = scope.href;
  const keyOf = (url: string): string => (url === 'index.html' ? pageUrl : absolute(url));

  let named: Promise<string> | null = null;
  const name = (): Promise<string> => (named ??= hashOf(listed).then((hash) => prefix + hash));
  const others = async (): Promise<readonly string[]> => {
    const mine = await name();
    return (await caches.keys()).filter((one) => one.startsWith(prefix) && one !== mine);
  };
  const runtimeUrls = listed.filter(isRuntime).map(({ url }) => absolute(url));

  async function keep(cache: Cache, { url, revision }: ShellEntry): Promise<void> {
    const key = keyOf(url);
    if ((await cache.match(key, ANY)) !== undefined) return;
    // A name with a hash stands for its content, whichever build brought it.
    const older = revision === null ? await caches.match(key, ANY) : undefined;
    const response = older ?? (await fetch(key, { cache: revision === null ? 'default' : 'no-cache' }));
    if (!response.ok || response.redirected) throw new Error(`${key} was answered with ${response.status}`);
    await cache.put(key, response);
  }

  async function fromAnyBuild(url: string): Promise<Response | undefined> {
    for (const cacheName of [await name(), ...(await others()).toReversed()]) {
      const kept = await caches.match(url, { ...ANY, cacheName });
      if (kept !== undefined) return kept;
    }
    return undefined;
  }

  /** Whether one of the open pages was started from this cache. */
  async function inUse(cacheName: string, scripts: readonly string[]): Promise<boolean> {
    const cache = await caches.open(cacheName);
    const found = await Promise.all(scripts.map((script) => cache.match(script, ANY)));
    return found.some((response) => response !== undefined);
  }

  return {
    lists: (path) => urls.has(path),

    async fill() {
      const cacheName = await name();
      const isNew = !(await caches.has(cacheName));
      const cache = await caches.open(cacheName);
      try {
        await Promise.all(entries.map((entry) => keep(cache, entry)));
        const page = await cache.match(pageUrl, ANY);
        const html = (await page?.text()) ?? '';
        const foreign = foreignAssets(html, entries);
        if (foreign.length > 0) throw new Error(`the page is of another build: ${foreign.join(', ')}`);
        await cache.put(pageUrl, keptPage(html, page?.headers ?? new Headers()));
        await cache.put(absolute(RUNTIMES), Response.json(runtimeUrls));
        await renewRuntimes(runtimeName, runtimeUrls);
      } catch (error) {
        if (isNew) await caches.delete(cacheName);
        throw error;
      }
    },

    isFirst: async () => (await others()).length === 0,

    async page() {
      return (await caches.match(pageUrl, { ...ANY, cacheName: await name() })) ?? fetch(pageUrl);
    },

    async file(request) {
      return (await fromAnyBuild(request.url)) ?? fetch(request);
    },

    async runtime(event) {
      const { request } = event;
      const kept = await caches.match(request.url, { ...ANY, cacheName: runtimeName });
      if (kept !== undefined) return kept;
      const response = await fetch(request);
      if (response.status === 200) {
        const copy = response.clone();
        // Without room it is not kept, and fetched again next time; the answer is the same.
        event.waitUntil(caches.open(runtimeName).then((cache) => cache.put(request.url, copy).catch(() => undefined)));
      }
      return response;
    },

    async sweep() {
      const { held = [] } = await navigator.locks.query();
      const scripts = openScripts(held);
      if (scripts.length < (await windows())) return false;
      const needed = new Set(runtimeUrls);
      for (const cacheName of await others()) {
        if (!(await inUse(cacheName, scripts))) await caches.delete(cacheName);
        else for (const url of await runtimesOf(cacheName, absolute(RUNTIMES))) needed.add(url);
      }
      const runtimes = await caches.open(runtimeName);
      for (const { url } of await runtimes.keys()) if (!needed.has(url)) await runtimes.delete(url);
      return true;
    },
  };
}

/** Beside the files of a build: which .wasm files it may ask for. */
const RUNTIMES = 'ktav-runtimes.json';

async function runtimesOf(cacheName: string, key: string): Promise<readonly string[]> {
  const list: unknown = await (await caches.match(key, { cacheName }))?.json();
  return Array.isArray(list) ? list.filter((url) => typeof url === 'string') : [];
}

/**
 * A device that has a runtime of an older build gets this build's of the same kind before it is switched over: else the
 * first offline visit after an update would read nothing. The kind is the file's name without its hash.
 */
async function renewRuntimes(cacheName: string, urls: readonly string[]): Promise<void> {
  const cache = await caches.open(cacheName);
  const kept = new Set((await cache.keys()).map(({ url }) => url));
  const kinds = new Set([...kept].map(kindOf));
  for (const url of urls) if (!kept.has(url) && kinds.has(kindOf(url))) await cache.add(url);
}

const kindOf = (url: string): string => url.replace(/-[\w-]{8}\.wasm$/, '');

async function hashOf(entries: readonly ShellEntry[]): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(entries));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)).subarray(0, 8);
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
