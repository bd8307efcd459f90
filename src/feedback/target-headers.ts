/** Pure: which headers a target may ask for. */

/** https://fetch.spec.whatwg.org/#forbidden-request-header: the browser drops these without a word. */
const forbidden = new Set([
  'accept-charset',
  'accept-encoding',
  'access-control-request-headers',
  'access-control-request-method',
  'connection',
  'content-length',
  'cookie',
  'cookie2',
  'date',
  'dnt',
  'expect',
  'host',
  'keep-alive',
  'origin',
  'referer',
  'set-cookie',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'via',
]);
/** What a batch is follows from the batch; `If-None-Match` from the profile. */
const ours = new Set(['content-type', 'content-encoding', 'if-none-match', 'content-range']);

/** Null where the header can be sent as it is; else what is wrong with it, to follow its name. */
export function problemOfHeader(name: string, text: string): string | null {
  const lower = name.toLowerCase();
  if (!/^[!#$%&'*+.^_`|~0-9a-z-]{1,100}$/.test(lower)) return 'is no name of a header';
  if (forbidden.has(lower) || /^(proxy|sec)-/.test(lower)) return 'is set by the browser alone';
  if (ours.has(lower)) return 'is set by Ktav';
  // Printable ASCII: anything else is refused by fetch, or read differently by every server.
  if (!/^[\x20-\x7e]{0,4000}$/.test(text) || text.trim() !== text) return 'must be plain ASCII without outer spaces';
  return null;
}
