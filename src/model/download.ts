import { throwIfAborted, abortedError } from './abort.ts';
import { ModelError } from './error.ts';

/** The part of the browser's fetch that this room uses; a test hands in its own. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** Without a byte for so long, a connection counts as lost. */
const STALLED_MS = 20_000;

export type Source = {
  readonly fetch: Fetch;
  readonly url: string;
  /** default: the browser's HTTP cache may answer. no-cache: only after asking the server. reload: never. */
  readonly cache: 'default' | 'no-cache' | 'reload';
};

/**
 * Streams a body: onBytes gets each piece and the place where it belongs, beginning at `from`, or at 0 where the
 * server could not or would not go on from there. total is the length of the whole, decoded. Awaits each onBytes.
 *
 * A request with a Range goes out with `Accept-Encoding: identity` (Fetch standard, HTTP-network-or-cache fetch), so
 * its bytes are counted like those that an encoded first answer was decoded to. An answer that is encoded all the
 * same, or counts other bytes than ours, is not used; what else could go wrong the hash of the whole finds out.
 *
 * Errors: 'aborted', 'file-missing' (the server has no such file), 'offline' (no answer, a late or broken one).
 */
export async function stream(
  signal: AbortSignal,
  source: Source,
  range: { readonly from: number; readonly total: number } | null,
  onBytes: (bytes: Uint8Array, at: number) => void | Promise<void>,
): Promise<void> {
  throwIfAborted(signal);
  const stalled = new AbortController();
  const stop = (): void => stalled.abort();
  signal.addEventListener('abort', stop, { once: true });
  let timer = setTimeout(stop, STALLED_MS);
  const alive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(stop, STALLED_MS);
  };
  try {
    let from = range?.from ?? 0;
    let response = await request(source, from, stalled.signal);
    if (from > 0 && !continues(response, from, range?.total ?? 0)) {
      from = 0;
      // A plain 200 is the whole file and as good; anything else is asked for once more from the start.
      if (response.status !== 200) {
        await response.body?.cancel();
        response = await request(source, 0, stalled.signal);
      }
    }
    refuseFailure(response, source.url);
    if (response.body === null) return;
    const reader = response.body.getReader();
    try {
      for (let at = from; ;) {
        alive();
        const { done, value } = await reader.read();
        if (done) return;
        await onBytes(value, at);
        at += value.length;
      }
    } finally {
      // Without this a refusal by onBytes would let the rest of the body come down for nobody.
      reader.cancel().catch(() => undefined);
    }
  } catch (cause) {
    if (signal.aborted) throw abortedError(signal);
    if (cause instanceof ModelError) throw cause;
    const why = stalled.signal.aborted ? `nothing came for ${STALLED_MS / 1000} seconds` : 'the connection failed';
    throw new ModelError('offline', source.url, why, { cause });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/** A small document whole. maxBytes bounds what is read. Errors as for stream(), and 'hash-mismatch' when larger. */
export async function fetchDocument(
  signal: AbortSignal,
  source: Source,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  await stream(signal, source, null, (bytes) => {
    length += bytes.length;
    if (length > maxBytes) throw new ModelError('hash-mismatch', source.url, `is larger than ${maxBytes} bytes`);
    pieces.push(bytes);
  });
  const whole = new Uint8Array(length);
  let at = 0;
  for (const piece of pieces) {
    whole.set(piece, at);
    at += piece.length;
  }
  return whole;
}

function request({ fetch, url, cache }: Source, from: number, signal: AbortSignal): Promise<Response> {
  // The HTTP cache may hold an encoded copy of the whole and answer a range out of it: never ask it for a part.
  const init: RequestInit = { signal, cache: from > 0 ? 'no-store' : cache, credentials: 'same-origin' };
  return fetch(url, from > 0 ? { ...init, headers: { Range: `bytes=${from}-` } } : init);
}

/** Whether a 206 holds exactly the rest: "bytes from-(total - 1)/total", not encoded. */
function continues(response: Response, from: number, total: number): boolean {
  const encoding = response.headers.get('Content-Encoding');
  return (
    response.status === 206 &&
    (encoding === null || encoding === 'identity') &&
    response.headers.get('Content-Range') === `bytes ${from}-${total - 1}/${total}`
  );
}

function refuseFailure({ ok, status }: Response, url: string): void {
  if (ok) return;
  const later = status >= 500 || status === 408 || status === 429;
  throw new ModelError(later ? 'offline' : 'file-missing', url, `the server answered ${status}`);
}
