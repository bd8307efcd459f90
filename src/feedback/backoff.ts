/** Pure: how long to wait after a failure. */

/** Milliseconds. The wait after the nth failure in a row is drawn from 0 to base × 2^(n − 1), but never beyond most. */
export type BackoffLimits = { readonly base: number; readonly most: number; readonly mostRetryAfter: number };

export const backoffLimits: BackoffLimits = { base: 2000, most: 600_000, mostRetryAfter: 3_600_000 };

/**
 * Full jitter (https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/): a thousand devices that one
 * failure struck at once do not come back at once. What the server asked for is waited for first, up to an hour, so
 * that no header silences a device for ever. failures ≥ 1; random gives 0 ≤ x < 1.
 */
export function waitAfter(
  failures: number,
  retryAfter: number | null,
  random: () => number,
  { base, most, mostRetryAfter }: BackoffLimits,
): number {
  const window = Math.min(most, base * 2 ** Math.min(failures - 1, 60));
  const asked = Math.min(mostRetryAfter, Math.max(0, retryAfter ?? 0));
  return Math.round(asked + random() * window);
}

/** https://www.rfc-editor.org/rfc/rfc9110#name-retry-after: seconds or a date. In milliseconds from now; null: not understood. */
export function readRetryAfter(header: string | null, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,12}$/.test(text)) return Number(text) * 1000;
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text)) return null;
  const then = Date.parse(text);
  return Number.isNaN(then) ? null : Math.max(0, then - now);
}
