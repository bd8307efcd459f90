/** Pure but for the fetch it is given: requests that are sent before anybody knows that they will be needed. */
import type { StartOptions } from './protocol.ts';

/** What this build's own folder of models served when it was made: addresses from the app's folder on. */
export type ServedFiles = {
  readonly catalog: string;
  /** The public keys that signed it. */
  readonly signers: readonly string[];
  readonly manifest: string;
  readonly goldens: string;
  /** The file of each backend; null where the model has none for it. */
  readonly webgl: string | null;
  readonly wasm: string | null;
};

type Foreseen = { readonly url: string; readonly cache: RequestCache };
type Fetch = typeof globalThis.fetch;

/**
 * What a first visit is going to ask for, one file after the other, in the order in which it will: catalog, manifest and
 * files each cost a round trip, and the line idles meanwhile. Nothing where another catalog, signer, version or
 * backend is wanted than those that the build knew. A guess of addresses alone: what comes is checked as if nobody had guessed.
 */
export function foreseen(
  { baseUrl, catalogUrl, modelKeys, preference, pin }: StartOptions,
  served: ServedFiles | null,
  hasWebgl: boolean,
): readonly Foreseen[] {
  if (served === null || pin !== null || (preference !== null && preference !== 'webgl')) return [];
  if (modelKeys !== null && !modelKeys.some((key) => served.signers.includes(key))) return [];
  const absolute = (path: string): string => new URL(path, baseUrl).href;
  if (absolute(served.catalog) !== catalogUrl) return [];
  const weights = hasWebgl ? served.webgl : served.wasm;
  const files = [served.manifest, ...(weights === null ? [] : [weights]), served.goldens];
  return [
    { url: catalogUrl, cache: 'no-cache' },
    ...(modelKeys === null ? [] : [{ url: `${catalogUrl}.sig`, cache: 'no-cache' } as const]),
    ...files.map((path) => ({ url: absolute(path), cache: 'default' }) as const),
  ];
}

type Foresight = {
  readonly ask: (requests: readonly Foreseen[]) => void;
  /** To stand in for the thread's fetch: hands over the answer that is on its way already, once. */
  readonly fetch: Fetch;
};

/**
 * Each foreseen answer goes to whoever asks for that address first, in the same way. A request that nobody foresaw shows
 * that the guess was wrong: what is left of it is ended, so that it takes no share of a thin line.
 */
export function createForesight(original: Fetch): Foresight {
  type Asked = { readonly cache: RequestCache; readonly answer: Promise<Response>; readonly end: AbortController };
  const asked = new Map<string, Asked>();
  const drop = (url: string): void => {
    asked.get(url)?.end.abort();
    asked.delete(url);
  };
  return {
    ask(requests) {
      for (const { url, cache } of requests) {
        const end = new AbortController();
        const answer = original(url, { cache, credentials: 'same-origin', signal: end.signal });
        // Whoever comes to need it asks again: the network may be back by then.
        answer.catch(() => asked.delete(url));
        asked.set(url, { cache, answer, end });
      }
    },
    fetch(resource, init) {
      const url = String(resource instanceof Request ? resource.url : resource);
      const found = asked.get(url);
      if (found === undefined) for (const left of asked.keys()) drop(left);
      if (found === undefined || init?.headers !== undefined || init?.cache !== found.cache) {
        drop(url);
        return original(resource, init);
      }
      asked.delete(url);
      const { signal } = init;
      const end = (): void => found.end.abort(signal?.reason);
      signal?.addEventListener('abort', end, { once: true });
      if (signal?.aborted === true) end();
      return found.answer;
    },
  };
}
