import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, extname, join, relative, sep } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/**
 * Lays a .br and a .gz beside every file of a build that gets smaller by it, so that a host need not compress, and can
 * send what takes too long to make while someone waits: brotli at its best, and ONNX Runtime's 14 MB as 2.3.
 *
 * They come after the build: what it lists for the service worker is taken from before, so they are never precached.
 */

/** Edited where they are served, without a build, and small. A packed one would go out in place of what they say now. */
export const edited = ['config.json', 'models/catalog.json', 'models/catalog.json.sig'];

const worthwhile = new Set([
  '.css',
  '.html',
  '.js',
  '.json',
  '.md',
  '.onnx',
  '.packed',
  '.svg',
  '.wasm',
  '.webmanifest',
]);

const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 24 } };
const packings = {
  '.br': (bytes: Buffer) => promisify(brotliCompress)(bytes, best),
  '.gz': (bytes: Buffer) => promisify(gzip)(bytes, { level: 9 }),
} as const;

export type Compressed = { readonly files: number; readonly from: number; readonly to: number };

/**
 * folder: the build, changed in place. All .br and .gz that are there go first: they may be of files that changed since,
 * or are gone. cache: a folder that keeps what was packed, by the hash of what it was.
 * Says how many files have a .br, and their bytes before and after.
 */
export async function compressFolder(folder: string, cache: string): Promise<Compressed> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  for (const path of paths) if (isPacked(path)) rmSync(path);
  const counted = { files: 0, from: 0, to: 0 };
  // One after the other; brotli and gzip of one file side by side, each on a thread of Node's.
  for (const path of paths.filter((path) => isWorthwhile(relative(folder, path)))) {
    const bytes = readFileSync(path);
    const [brotli] = await Promise.all((['.br', '.gz'] as const).map((end) => packed(path, bytes, end, cache)));
    if (brotli === undefined || brotli >= bytes.length) continue;
    counted.files += 1;
    counted.from += bytes.length;
    counted.to += brotli;
  }
  return counted;
}

const isPacked = (path: string): boolean => Object.hasOwn(packings, extname(path));

function isWorthwhile(path: string): boolean {
  return worthwhile.has(extname(path)) && !edited.includes(path.split(sep).join('/'));
}

/** Writes path + end where that is smaller; gives its bytes. */
async function packed(path: string, bytes: Buffer, end: keyof typeof packings, cache: string): Promise<number> {
  const kept = join(cache, `${createHash('sha256').update(bytes).digest('hex')}${end}`);
  const small = existsSync(kept) ? readFileSync(kept) : await packings[end](bytes);
  if (!existsSync(kept)) {
    mkdirSync(dirname(kept), { recursive: true });
    // Whole or not at all: whoever is broken off here must not leave half a file for the next one.
    writeFileSync(`${kept}.new`, small);
    renameSync(`${kept}.new`, kept);
  }
  if (small.length < bytes.length) writeFileSync(`${path}${end}`, small);
  return small.length;
}
