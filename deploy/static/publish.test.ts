import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { cacheControl, headersFor, securityHeaders } from '../headers.ts';
import { hosts } from './hosts.ts';
import type { HostName } from './hosts.ts';
import { publish } from './publish.ts';

let root: string;
let dist: string;
let out: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ktav-publish-'));
  dist = join(root, 'dist');
  out = join(root, 'out');
  for (const path of build) put(path, path);
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const build = [
  'index.html',
  'sw.js',
  'config.json',
  'assets/index-12345678.js',
  'assets/runtime-12345678.wasm',
  'models/catalog.json',
  'icons/icon-192.png',
];
function put(path: string, text: string): void {
  mkdirSync(dirname(join(dist, path)), { recursive: true });
  writeFileSync(join(dist, path), text);
}
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .toSorted();
const given = (path: string): string => readFileSync(join(out, path), 'utf8');
const names = Object.keys(hosts) as HostName[];

test.each(names)('%s is given the whole build, but for packed files, and the build stays as it was', (host) => {
  put('index.html.br', 'packed');
  put('assets/index-12345678.js.gz', 'packed');
  const before = filesIn(dist);
  expect(publish({ dist, out, host })).toEqual([]);
  const { site } = hosts[host];
  expect(filesIn(join(out, site))).toEqual(expect.arrayContaining([...build]));
  expect(filesIn(out).filter((path) => /\.(br|gz)$/.test(path))).toEqual([]);
  expect(filesIn(dist)).toEqual(before);
});

test('what Cloudflare would refuse is left out and told, and 25 MiB to the byte are not too much', () => {
  const runtime = join(dist, 'assets/runtime-12345678.wasm');
  truncateSync(runtime, 26_214_400);
  expect(publish({ dist, out, host: 'cloudflare' })).toEqual([]);
  truncateSync(runtime, 26_214_401);
  expect(publish({ dist, out, host: 'cloudflare' })).toEqual([
    { path: 'assets/runtime-12345678.wasm', bytes: 26_214_401 },
  ]);
  expect(existsSync(join(out, 'assets/runtime-12345678.wasm'))).toBe(false);
  expect(existsSync(runtime)).toBe(true);
  expect(publish({ dist, out, host: 'netlify' })).toEqual([]);
});

test('what was in the folder before is gone', () => {
  publish({ dist, out, host: 'netlify' });
  rmSync(join(dist, 'sw.js'));
  publish({ dist, out, host: 'pages' });
  expect(filesIn(out)).toEqual([...build.filter((path) => path !== 'sw.js'), '.nojekyll'].toSorted());
});

test("a place's own config.json takes the place of the build's, and nothing else changes", () => {
  const config = join(root, 'staging.json');
  writeFileSync(config, '{"environment":"staging"}');
  publish({ dist, out, host: 'netlify', config });
  expect(given('config.json')).toBe('{"environment":"staging"}');
  expect(given('index.html')).toBe('index.html');
});

test('other origins stand in the policy of the hosts that send one', () => {
  const connect = ['https://models.example.org'];
  const policy = headersFor(connect)['Content-Security-Policy'];
  publish({ dist, out, host: 'cloudflare', connect });
  expect(given('_headers')).toContain(`  Content-Security-Policy: ${policy}\n`);
  publish({ dist, out, host: 'firebase', connect });
  expect(JSON.parse(given('firebase.json')).hosting.headers[0].headers).toContainEqual({
    key: 'Content-Security-Policy',
    value: policy,
  });
});

test('what is no origin is refused before anything is touched', () => {
  publish({ dist, out, host: 'netlify' });
  const before = filesIn(out);
  expect(() => publish({ dist, out, host: 'firebase', connect: ["'unsafe-eval'"] })).toThrow(/no origin/);
  expect(filesIn(out)).toEqual(before);
});

test('Firebase sends every header, and for every path of the build one Cache-Control, as deploy/headers.ts has it', () => {
  publish({ dist, out, host: 'firebase' });
  const rules: readonly Rule[] = JSON.parse(given('firebase.json')).hosting.headers;
  const sent = (path: string) =>
    rules.filter(({ source }) => new RegExp(`^${inRegExp(source)}$`).test(path)).flatMap(({ headers }) => headers);
  for (const path of ['/', ...build.map((file) => `/${file}`)]) {
    expect(sent(path)).toEqual([
      ...Object.entries(securityHeaders).map(([key, value]) => ({ key, value })),
      { key: 'Cache-Control', value: cacheControl(path, 200) },
    ]);
  }
});

type Rule = { readonly source: string; readonly headers: readonly { readonly key: string; readonly value: string }[] };

/** The two globs that are used, as superstatic reads them: ** for all, * for a name. */
const inRegExp = (source: string): string => source.replace(/\*+/g, (stars) => (stars === '*' ? '[^/]+' : '.*'));
