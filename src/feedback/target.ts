/** Pure: reads where batches are to go, and says what is wrong with it before anything is sent there. */
import * as z from 'zod/mini';
import { problemOfHeader } from './target-headers.ts';
import type { SyncTarget } from './sync-contract.ts';

// As in wire-schema.ts: zod would try `new Function`, which our policy forbids and reports.
z.config({ jitless: true });

/**
 * shape: not the fields that a target has. url: no address. insecure: would travel readable. credentials: a name or a
 * password in the address. extra: a query or a fragment that a batch's path cannot follow. template: `{path}` where it
 * cannot stand. header: a header that cannot be sent, or is not the person's to set.
 */
export type TargetErrorCode = 'shape' | 'url' | 'insecure' | 'credentials' | 'extra' | 'template' | 'app' | 'header';

/** field: which of the target's fields, for the form that shows it; the header's own name follows after a dot. */
export class TargetError extends Error {
  override readonly name = 'TargetError';
  readonly code: TargetErrorCode;
  readonly field: string;
  constructor(code: TargetErrorCode, field: string, message: string) {
    super(`${field === '' ? 'The sync target' : field} ${message}.`);
    this.code = code;
    this.field = field;
  }
}

/** No batch is larger, whatever a target would take: readers count on it. */
export const mostBytes = 2_000_000;
const leastBytes = 10_000;
const mostHeaders = 20;

const Target = z.strictObject({
  profile: z.enum(['nginx', 's3', 'presigned']),
  baseUrl: z.string().check(z.maxLength(2000)),
  app: z.string(),
  headers: z._default(z.record(z.string(), z.string()), {}),
  capBytes: z._default(z.int().check(z.minimum(leastBytes)), mostBytes),
  gzip: z._default(z.boolean(), false),
});

/**
 * Checks what config.json or a person gave. pageUrl resolves a relative baseUrl, and is the one origin besides this
 * device that may be reached without https. The target that comes back has an absolute baseUrl without a last slash.
 * Throws TargetError.
 */
export function readTarget(value: unknown, pageUrl: string): SyncTarget {
  refuseHiddenHeader(value);
  const read = Target.safeParse(value);
  if (!read.success) {
    const field = String(read.error.issues[0]?.path[0] ?? '');
    throw new TargetError('shape', field, 'is missing or not of its kind');
  }
  const { profile, baseUrl, app, headers, capBytes, gzip } = read.data;
  // Part of a path for ever, and of every rule that a store has for it.
  if (!/^[a-z0-9][a-z0-9-]{0,63}$/.test(app))
    throw new TargetError('app', 'app', 'must be 1 to 64 of a-z, 0-9 and hyphens, the first one no hyphen');
  const entries = Object.entries(headers);
  if (entries.length > mostHeaders) throw new TargetError('header', 'headers', `must be ${mostHeaders} at most`);
  const names = entries.map(([name]) => name.toLowerCase());
  for (const [index, [name, text]] of entries.entries()) {
    const problem = names.indexOf(name.toLowerCase()) < index ? 'is there twice' : problemOfHeader(name, text);
    if (problem !== null) throw new TargetError('header', `headers.${name}`, problem);
  }
  return {
    profile,
    baseUrl: readBase(baseUrl, profile, pageUrl),
    app,
    headers,
    capBytes: Math.min(capBytes, mostBytes),
    gzip,
  };
}

/** zod leaves a key of this name out without a word; what cannot be sent is refused, not dropped. */
function refuseHiddenHeader(value: unknown): void {
  if (typeof value !== 'object' || value === null || !('headers' in value)) return;
  const { headers } = value;
  if (typeof headers === 'object' && headers !== null && Object.hasOwn(headers, '__proto__'))
    throw new TargetError('header', 'headers.__proto__', 'is no name that a header can have here');
}

/** Stands for `{path}` while the address is read: braces would be escaped in one part of it and not in another. */
const standIn = 'KtavPathGoesHere';
const slot = '{path}';

function readBase(baseUrl: string, profile: SyncTarget['profile'], pageUrl: string): string {
  const refuse = (code: TargetErrorCode, message: string) => new TargetError(code, 'baseUrl', message);
  const template = baseUrl.trim().split(slot);
  if (template.length > 1 && profile !== 'presigned') throw refuse('template', 'has {path}: only pre-signed ones may');
  if (template.length > 2) throw refuse('template', 'has {path} more than once');
  let url: URL;
  try {
    // Nothing at all is the folder that the page lies in, not the page.
    url = new URL(template.join(standIn) || '.', pageUrl);
  } catch {
    throw refuse('url', 'is no address');
  }
  if (!isReachable(url, new URL(pageUrl))) throw refuse('insecure', 'must be https, on this site, or on this device');
  if (url.username !== '' || url.password !== '')
    throw refuse('credentials', 'must not hold a name or a password: send them in a header');
  if (url.hash !== '') throw refuse('extra', 'must not have a fragment (#)');
  if (url.search !== '' && profile !== 'presigned') throw refuse('extra', 'must not have a query (?)');
  if (template.length > 1 && !`${url.pathname}${url.search}`.includes(standIn))
    throw refuse('template', 'may have {path} in its path or its query only');
  const query = url.search;
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}${query}`.replace(standIn, slot);
}

function isReachable(url: URL, page: URL): boolean {
  if (url.protocol === 'https:') return true;
  const onThisDevice = /^(localhost|.+\.localhost|127(\.\d+){3}|\[::1\])$/.test(url.hostname);
  return url.protocol === 'http:' && (onThisDevice || url.origin === page.origin);
}
