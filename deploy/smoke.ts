import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { cacheControl, contentTypeOf, headersFor, headersOf } from './headers.ts';

export type SmokeOptions = {
  /** Where it is served, with a slash at its end. */
  readonly address: string;
  /** The build that should be served there. */
  readonly dist: string;
  /** The config.json of that place, by path. */
  readonly config: string;
  /** Other origins that the policy of that place names. */
  readonly connect: readonly string[];
};

/** What nobody has: a missing file must be a 404, never a page. */
const MISSING = 'models/there-is-no-such-file.onnx';

/**
 * Asks for every file of a build where it should be served: the same bytes, of the right type, kept as long as they may
 * be, under every header. What is wrong, in words; nothing, when all is well. Throws only where it cannot read the build.
 */
export async function smoke(signal: AbortSignal, options: SmokeOptions): Promise<readonly string[]> {
  const files = readdirSync(options.dist, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.(br|gz|map)$/.test(entry.name))
    .map((entry) => relative(options.dist, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const problems: string[] = [];
  for (const path of ['', ...files, MISSING]) problems.push(...(await problemsOf(signal, path, options)));
  return problems;
}

async function problemsOf(signal: AbortSignal, path: string, options: SmokeOptions): Promise<readonly string[]> {
  const name = path === '' ? 'index.html' : path;
  const say = (what: string): string => `${path === '' ? '(the address itself)' : path}: ${what}`;
  let response: Response;
  let bytes: Uint8Array;
  try {
    response = await fetch(new URL(path, options.address), { signal, redirect: 'manual' });
    bytes = new Uint8Array(await response.arrayBuffer());
  } catch (error) {
    return [say(`no answer: ${String(error)}`)];
  }
  const { status, headers } = response;
  const needed = headersOf(`/${name}`, path === MISSING ? 404 : 200, options.connect);
  // A host may send them all with everything.
  const wrong = Object.entries(headersFor(options.connect))
    .filter(([header, value]) => headers.get(header) !== (headers.has(header) ? value : (needed[header] ?? null)))
    .map(([header]) => say(`${header} is ${JSON.stringify(headers.get(header))}`));
  if (path === MISSING) return status === 404 ? wrong : [...wrong, say(`is answered ${status}, not 404`)];
  if (status !== 200) return [...wrong, say(`is answered ${status}`)];

  const type = headers.get('Content-Type');
  if (essence(type) !== essence(contentTypeOf(name))) wrong.push(say(`comes as ${type}`));
  const kept = headers.get('Cache-Control');
  if (kept !== cacheControl(`/${name}`, 200)) wrong.push(say(`Cache-Control is ${kept}`));
  const file = name === 'config.json' ? options.config : join(options.dist, name);
  if (hashOf(bytes) !== hashOf(readFileSync(file))) wrong.push(say('has other bytes than the build'));
  return wrong;
}

const essence = (type: string | null): string | undefined => type?.split(';')[0]?.trim();

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');
