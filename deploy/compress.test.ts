import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { compressFolder, edited } from './compress.ts';

let root: string;
let site: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ktav-compress-'));
  site = join(root, 'site');
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const long = (word: string): string => `${word} `.repeat(200);
function put(path: string, text: string): void {
  mkdirSync(dirname(join(site, path)), { recursive: true });
  writeFileSync(join(site, path), text);
}
const compress = () => compressFolder(site, join(root, 'cache'));
const unpacked = (path: string): readonly string[] => [
  brotliDecompressSync(readFileSync(join(site, `${path}.br`))).toString(),
  gunzipSync(readFileSync(join(site, `${path}.gz`))).toString(),
];

test('what is packed unpacks to what it was, and is counted', async () => {
  const paths = ['index.html', 'assets/a-12345678.js', 'assets/b.wasm', 'models/m/1.0.0/model.packed'];
  for (const path of paths) put(path, long(path));
  const { files, from, to } = await compress();
  for (const path of paths) expect(unpacked(path)).toEqual([long(path), long(path)]);
  expect([files, from]).toEqual([4, paths.reduce((sum, path) => sum + long(path).length, 0)]);
  expect(to).toBeLessThan(from / 5);
});

test('what was packed of an older file, or of one that is gone, goes', async () => {
  put('index.html', long('old'));
  put('assets/gone-12345678.js', long('gone'));
  await compress();
  put('index.html', long('new'));
  rmSync(join(site, 'assets/gone-12345678.js'));
  await compress();
  expect(unpacked('index.html')).toEqual([long('new'), long('new')]);
  expect(readdirSync(join(site, 'assets'))).toEqual([]);
});

test('what is edited where it is served is never packed, and an old packed one is taken away', async () => {
  for (const path of edited) {
    put(path, long('{}'));
    put(`${path}.br`, 'old');
    put(`${path}.gz`, 'old');
  }
  await compress();
  for (const path of edited) for (const end of ['.br', '.gz']) expect(existsSync(join(site, path + end))).toBe(false);
});

test('a picture, and a file that would not get smaller, stay alone', async () => {
  put('icons/icon-192.png', long('png'));
  put('assets/a-12345678.js', '1');
  await compress();
  expect(readdirSync(join(site, 'icons'))).toEqual(['icon-192.png']);
  expect(readdirSync(join(site, 'assets'))).toEqual(['a-12345678.js']);
});

test('nginx packs nothing of what is edited either', () => {
  const conf = readFileSync(new URL('nginx/nginx.conf', import.meta.url), 'utf8');
  const [, pattern = '^$', block] = /location ~ (\^\/\(config\S+) \{([^}]*)\}/.exec(conf) ?? [];
  for (const path of edited) expect(`/${path}`).toMatch(new RegExp(pattern));
  expect(block).toMatch(/brotli_static off;\s+gzip_static off;/);
});
