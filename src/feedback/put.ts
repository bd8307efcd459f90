/** One PUT of one batch, with an end to it whatever the network does. */
import { readRetryAfter } from './backoff.ts';
import { objectHeaders, objectUrl } from './object-request.ts';
import { ForbiddenError } from './policy.ts';
import type { Batch } from './outbox.ts';
import type { Clock } from './sync-clock.ts';
import type { SyncTarget } from './sync-contract.ts';
import { meaningOf } from './verdict-of-answer.ts';

/** The part of the browser's fetch that this room uses. */
export type Fetch = (url: string, init: RequestInit) => Promise<Response>;

/** answer: milliseconds that any PUT gets; on top of that its bytes at the slowest connection that is waited for. */
export type PutLimits = { readonly answer: number; readonly slowestBytesPerSecond: number };

export const putLimits: PutLimits = { answer: 30_000, slowestBytesPerSecond: 10_000 };

export type PutOutcome =
  | { readonly kind: 'delivered' }
  | { readonly kind: 'refused'; readonly status: number; readonly reason: string }
  /** status 0: no answer. retryAfter: milliseconds, where the server said so. */
  | { readonly kind: 'later'; readonly status: number; readonly retryAfter: number | null }
  /** By the page's own policy: nothing was asked. */
  | { readonly kind: 'forbidden' }
  /** The signal fired. The batch may have arrived. */
  | { readonly kind: 'cancelled' };

export type PutParts = { readonly fetch: Fetch; readonly clock: Clock; readonly limits: PutLimits };

/** Never rejects: what went wrong is an outcome. */
export async function put(
  signal: AbortSignal,
  { fetch, clock, limits }: PutParts,
  target: SyncTarget,
  batch: Pick<Batch, 'name' | 'date' | 'gzip'>,
  bytes: Uint8Array,
): Promise<PutOutcome> {
  if (signal.aborted) return { kind: 'cancelled' };
  // AbortSignal.any is younger than some of the phones that Ktav is for.
  const ended = new AbortController();
  const end = (): void => ended.abort();
  signal.addEventListener('abort', end, { once: true });
  const most = limits.answer + (bytes.length / limits.slowestBytesPerSecond) * 1000;
  const stopTimer = clock.after(most, end);
  try {
    const response = await fetch(objectUrl(target, batch), {
      method: 'PUT',
      // A copy on plain memory: what IndexedDB gave may be typed as shared.
      body: new Uint8Array(bytes),
      headers: objectHeaders(target, batch),
      signal: ended.signal,
      cache: 'no-store',
      credentials: 'same-origin',
      referrerPolicy: 'no-referrer',
      // A login page or a portal that answers 200 has stored nothing.
      redirect: 'error',
    });
    const meaning = meaningOf(response.status, target.profile);
    if (meaning === 'refused')
      return { kind: 'refused', status: response.status, reason: await reasonOf(response, end) };
    // What follows the status is of no use; a server that never ends it must not hold us.
    response.body?.cancel().catch(() => undefined);
    if (meaning === 'delivered') return { kind: 'delivered' };
    const retryAfter = readRetryAfter(response.headers.get('Retry-After'), clock.now());
    return { kind: 'later', status: response.status, retryAfter };
  } catch (error) {
    if (error instanceof ForbiddenError && !signal.aborted) return { kind: 'forbidden' };
    // fetch tells no more of a failure than that there was one.
    return signal.aborted ? { kind: 'cancelled' } : { kind: 'later', status: 0, retryAfter: null };
  } finally {
    stopTimer();
    signal.removeEventListener('abort', end);
  }
}

const mostReason = 300;

/** The status line and the beginning of the body without its markup, for the person who set the target up. */
async function reasonOf(response: Response, end: () => void): Promise<string> {
  const told = await beginningOf(response).catch(() => '');
  end();
  const words = told
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, mostReason);
  return [`${response.status} ${response.statusText}`.trim(), words].filter((part) => part !== '').join(': ');
}

async function beginningOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (reader === undefined) return '';
  const decoder = new TextDecoder();
  let text = '';
  while (text.length < 4 * mostReason) {
    const { done, value } = await reader.read();
    if (done) break;
    text += decoder.decode(value, { stream: true });
  }
  reader.cancel().catch(() => undefined);
  return text;
}
