/** Pure: the request that takes a batch to its target. */
import type { Batch } from './outbox.ts';
import type { SyncTarget } from './sync-contract.ts';

/** The name for ever: neither a later day nor another setting of this device may change it. */
function pathOf({ app }: SyncTarget, { name, date }: Pick<Batch, 'name' | 'date'>): string {
  return `feedback/${app}/${date}/${name}.ndjson`;
}

/** target as readTarget gives it. */
export function objectUrl(target: SyncTarget, batch: Pick<Batch, 'name' | 'date'>): string {
  const path = pathOf(target, batch);
  const [address = '', query] = split(target.baseUrl);
  const inPath = address.includes('{path}') ? address.replace('{path}', path) : null;
  const inQuery = query?.includes('{path}') === true ? query.replace('{path}', encodeURIComponent(path)) : null;
  // Without a place of its own the path follows the address, in front of what signs it.
  const whole = inPath ?? (inQuery === null ? `${address}/${path}` : address);
  return query === undefined ? whole : `${whole}?${inQuery ?? query}`;
}

export function objectHeaders(target: SyncTarget, { gzip }: Pick<Batch, 'gzip'>): Record<string, string> {
  return {
    ...target.headers,
    'Content-Type': 'application/x-ndjson',
    ...(gzip && { 'Content-Encoding': 'gzip' }),
    // A bucket overwrites without it. nginx is told by its own config; what a pre-signed request may hold is signed.
    ...(target.profile === 's3' && { 'If-None-Match': '*' }),
  };
}

function split(address: string): [string, string | undefined] {
  const at = address.indexOf('?');
  return at < 0 ? [address, undefined] : [address.slice(0, at), address.slice(at + 1)];
}
