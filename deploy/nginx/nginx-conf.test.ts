import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { cacheControl, headersOf } from '../headers.ts';
import { headersConf, typesConf } from './headers-conf.ts';

const conf = readFileSync(new URL('nginx.conf', import.meta.url), 'utf8');

test('nginx sends the headers and types of deploy/headers.ts; after a change there: npx vitest run deploy -u', async () => {
  await expect(headersConf()).toMatchFileSnapshot('headers.conf');
  await expect(typesConf()).toMatchFileSnapshot('types.conf');
});

/** What nginx adds to an answer with no other origin named, as its maps have it. */
function added(status: number, uri: string): readonly (readonly [string, string])[] {
  const text = headersConf();
  const isPart = new RegExp(/"~(.*)" 1;/.exec(text)?.[1] ?? 'none').test(`${status} ${uri}`);
  const maps = [...text.matchAll(/^map \$ktav_part (\S+) \{\n {2}default "(.*)";\n {2}1 "";\n\}$/gm)];
  const values = new Map(maps.map(([, name = '', value = '']) => [name, isPart ? '' : value]));
  return [...text.matchAll(/^add_header (\S+) (?:"(.*)"|(\S+)) always;$/gm)]
    .map(([, name = '', value, variable = '']) => [name, value ?? values.get(variable) ?? 'no such map'] as const)
    .map(([name, value]) => [name, value.replace('$ktav_connect', '')] as const)
    .filter(([, value]) => value !== '');
}

test.each([
  '/',
  '/index.html',
  '/sw.js',
  '/icon.svg',
  '/assets/worker-12345678.js',
  '/assets/index-12345678.js',
  '/models/catalog.json.sig',
])('%s carries the headers that deploy/headers.ts says, there or not', (path) => {
  for (const status of [200, 304, 404]) expect(added(status, path)).toEqual(Object.entries(headersOf(path, status)));
});

test('no location has an add_header of its own, by which it would lose all others', () => {
  expect([...conf.matchAll(/^ *add_header (\S+)/gm)].map(([, name]) => name)).toEqual(['Cache-Control']);
});

const kept = 'public, max-age=31536000, immutable';

/** What `map "$status $uri" $ktav_cache` gives: the first pattern that fits, else the default. */
function mapped(status: number, uri: string): string {
  const block = /map "\$status \$uri" \$ktav_cache \{([^]*?)\n {2}\}/.exec(conf)?.[1] ?? '';
  const rules = [...block.matchAll(/^ *(?:"~(?<pattern>.*)"|default) "(?<value>[^"]*)";$/gm)].map(
    ({ groups }) => groups,
  );
  const fits = rules.find(
    (rule) => rule?.['pattern'] !== undefined && new RegExp(rule['pattern']).test(`${status} ${uri}`),
  );
  return (fits ?? rules.find((rule) => rule?.['pattern'] === undefined))?.['value'] ?? 'none';
}

test.each([
  '/index.html',
  '/',
  '/config.json',
  '/models/catalog.json',
  '/assets/index-CAjrXi5B.js',
  '/assets/index-a_b-c_dE.css',
  '/ktav/assets/worker-12345678.js',
  '/assets/short-1234.js',
  '/assets/readme.txt',
])('%s is kept as long as deploy/headers.ts says', (path) => {
  for (const status of [200, 206, 304, 404]) expect(mapped(status, path)).toBe(cacheControl(path, status));
});

test('a missing asset is not remembered as missing, and nothing of the inbox is kept', () => {
  expect(mapped(404, '/assets/index-CAjrXi5B.js')).toBe('no-cache');
  expect(mapped(304, '/assets/index-CAjrXi5B.js')).toBe(kept);
  expect(mapped(201, `/feedback/ktav/2026-11-21/${'a'.repeat(64)}.ndjson`)).toBe('no-store');
  expect(mapped(200, '/feedbacks.html')).toBe('no-cache');
});
