import type { Fetch } from './download.ts';

export const CATALOG_URL = 'https://example.org/ktav/models/catalog.json';
const BASE = new URL('./', CATALOG_URL).href;

export type Request = {
  readonly path: string;
  readonly range: string | null;
  readonly cache: RequestCache | undefined;
};

/** What a server does with one request; null lets it answer as usual. */
export type Fault = (request: Request, body: Uint8Array<ArrayBuffer>) => Response | null;

/**
 * A static host in memory behind the signature of fetch: streams in small pieces, honours Range, and can be made to
 * fail. files may be changed while it serves.
 */
export class StaticServer {
  readonly requests: Request[] = [];
  online = true;
  /** Consulted first. */
  fault: Fault = () => null;

  constructor(readonly files: Record<string, Uint8Array<ArrayBuffer>>) {}

  readonly fetch: Fetch = async (url, init) => {
    const path = url.startsWith(BASE) ? url.slice(BASE.length) : url;
    const request = { path, range: new Headers(init.headers).get('Range'), cache: init.cache };
    this.requests.push(request);
    init.signal?.throwIfAborted();
    if (!this.online) throw new TypeError('Failed to fetch');
    const body = this.files[path];
    if (body === undefined) return new Response('not here', { status: 404 });
    return this.fault(request, body) ?? answer(body, request.range, init.signal ?? null);
  };

  /** Paths asked for since the last call, in order. */
  asked(): string[] {
    return this.requests.splice(0).map(({ path, range }) => (range === null ? path : `${path} ${range}`));
  }
}

function answer(body: Uint8Array<ArrayBuffer>, range: string | null, signal: AbortSignal | null): Response {
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  if (range === null) return new Response(streamOf(body, { signal }));
  return new Response(streamOf(body.subarray(from), { signal }), {
    status: 206,
    headers: { 'Content-Range': `bytes ${from}-${body.length - 1}/${body.length}` },
  });
}

/** A body in pieces. breakAfter: the connection is lost after so many bytes. stall: it then hangs instead. */
export function streamOf(
  body: Uint8Array<ArrayBuffer>,
  options: { readonly breakAfter?: number; readonly stall?: boolean; readonly signal?: AbortSignal | null } = {},
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const { breakAfter = Infinity, stall = false, signal = null } = options;
  const end = Math.min(body.length, breakAfter);
  const piece = Math.max(1, Math.ceil(body.length / 16));
  let at = 0;
  return new ReadableStream({
    async pull(controller) {
      // A network has other things to do between two pieces, and so has a test.
      await new Promise((resolve) => setTimeout(resolve, 0));
      if (signal?.aborted === true) controller.error(signal.reason);
      else if (at < end) controller.enqueue(body.slice(at, (at = Math.min(end, at + piece))));
      else if (end === body.length) controller.close();
      else if (stall) await new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason)));
      else controller.error(new TypeError('network error'));
    },
  });
}
