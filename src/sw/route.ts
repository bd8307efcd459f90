/** Pure: what the service worker does with a request. */
import { SHARE_PATH } from '#app/install-caches';

/**
 * page: the app's one page, from the shell. shell: a file of some build of the app. runtime: a .wasm file.
 * share: a picture from the gallery. config: told to the network, and noted. network: none of our business.
 */
export type Way = 'page' | 'shell' | 'runtime' | 'share' | 'config' | 'network';

type Asked = { readonly method: string; readonly url: string; readonly mode: string };

/** scope: absolute, with a slash at its end. listed: whether the shell of this build holds that path below the scope. */
export function wayOf({ method, url, mode }: Asked, scope: string, listed: (path: string) => boolean): Way {
  if (!url.startsWith(scope)) return 'network';
  const [path = ''] = url.slice(scope.length).split(/[?#]/, 1);
  if (method === 'POST') return path === SHARE_PATH && mode === 'navigate' ? 'share' : 'network';
  if (method !== 'GET') return 'network';
  if (path === 'config.json') return 'config';
  if (mode === 'navigate') return path === '' || path === 'index.html' ? 'page' : 'network';
  // Whoever asks with a query wants an answer whose address has that query: a worker reads its own.
  if (url.length > scope.length + path.length && url.includes('?')) return 'network';
  // Files in assets/ have their hash in their names: also those of another build are right, if they are anywhere.
  if (path.startsWith('assets/')) return path.endsWith('.wasm') ? 'runtime' : 'shell';
  return listed(path) ? 'shell' : 'network';
}

/** A file of the shell. url is below the scope; revision is null where the name holds a hash already. */
export type ShellEntry = { readonly url: string; readonly revision: string | null };

export const isRuntime = ({ url }: ShellEntry): boolean => url.endsWith('.wasm');

/**
 * The scripts and styles that a page asks for and its build does not have: while a new build is being put on the server
 * the page may be of one and the list of another. Such a shell would lack files, so it is not taken.
 */
export function foreignAssets(html: string, entries: readonly ShellEntry[]): readonly string[] {
  const known = new Set(entries.map(({ url }) => url));
  return [...html.matchAll(/assets\/[\w.-]+/g)].map(([name]) => name).filter((name) => !known.has(name));
}
