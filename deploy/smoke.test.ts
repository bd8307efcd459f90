import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../src/app/config.ts';
import { openHost } from '../e2e/support/host.ts';
import type { HeadersOfHost, Host } from '../e2e/support/host.ts';
import { cacheControl, headersFor, headersOf } from './headers.ts';
import { smoke } from './smoke.ts';

let root: string;
let dist: string;
let served: string;
let config: string;
let host: Host | null;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'ktav-smoke-'));
  dist = join(root, 'dist');
  served = join(root, 'served');
  config = join(root, 'staging.json');
  host = null;
  for (const path of ['index.html', 'sw.js', 'assets/index-12345678.js', 'models/catalog.json']) {
    put(dist, path, path);
    put(served, path, path);
  }
  put(dist, 'config.json', '{}');
  put(dist, 'index.html.br', 'packed, for nginx');
  put(served, 'config.json', '{"environment":"staging"}');
  writeFileSync(config, '{"environment":"staging"}');
});
afterEach(async () => {
  await host?.stop();
  rmSync(root, { recursive: true, force: true });
});

function put(folder: string, path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

const sound: HeadersOfHost = (path, status) => ({
  ...headersFor([]),
  'Cache-Control': cacheControl(path === '/' ? '/index.html' : path, status),
});

async function look(headers: HeadersOfHost = sound, connect: readonly string[] = []): Promise<readonly string[]> {
  host = await openHost(served, headers);
  return smoke(AbortSignal.timeout(20_000), { address: `${host.origin}/`, dist, config, connect });
}

test('a build that is served as it should be has nothing wrong with it', async () => {
  expect(await look()).toEqual([]);
});

test('a file of another build is found', async () => {
  put(served, 'sw.js', 'the one before');
  expect(await look()).toEqual(['sw.js: has other bytes than the build']);
});

test('a file that did not arrive is found', async () => {
  rmSync(join(served, 'assets/index-12345678.js'));
  expect(await look()).toEqual(['assets/index-12345678.js: is answered 404']);
});

test("another place's config.json is found", async () => {
  put(served, 'config.json', '{"environment":"production"}');
  expect(await look()).toEqual(['config.json: has other bytes than the build']);
});

test('a header that is missing or another is found on every answer, refusals too', async () => {
  const found = await look((path, status) => ({ ...sound(path, status), 'Cross-Origin-Opener-Policy': 'unsafe-none' }));
  expect(found).toHaveLength(7);
  expect(found[0]).toBe('(the address itself): Cross-Origin-Opener-Policy is "unsafe-none"');
});

test('a host that sends each kind its own headers is as good, but a page or a thread without a policy is found', async () => {
  const cached = (path: string, status: number) => ({ 'Cache-Control': sound(path, status)['Cache-Control'] ?? '' });
  expect(await look((path, status) => ({ ...headersOf(path, status), ...cached(path, status) }))).toEqual([]);
  await host?.stop();
  const ofParts = headersOf('/assets/index-12345678.js', 200);
  const found = await look((path, status) => ({ ...ofParts, ...cached(path, status) }));
  expect(found.filter((line) => line.includes('Content-Security-Policy'))).toEqual(
    ['(the address itself)', 'index.html', 'sw.js', 'models/there-is-no-such-file.onnx'].map(
      (path) => `${path}: Content-Security-Policy is null`,
    ),
  );
});

test('a policy that names other origins than it should is found, and one that should is not', async () => {
  expect((await look()).length).toBe(0);
  await host?.stop();
  expect(await look(sound, ['https://models.example.org'])).toHaveLength(7);
});

test('a page that is kept for a year, and a script of a type that nosniff refuses, are found', async () => {
  const found = await look((path, status) => ({
    ...sound(path, status),
    ...(path === '/index.html' ? { 'Cache-Control': 'max-age=31536000' } : {}),
    ...(path === '/sw.js' ? { 'Content-Type': 'text/plain' } : {}),
  }));
  expect(found).toEqual(['index.html: Cache-Control is max-age=31536000', 'sw.js: comes as text/plain']);
});

test('a page in place of what is missing is found', async () => {
  put(served, 'models/there-is-no-such-file.onnx', '<!doctype html>');
  expect(await look()).toEqual(['models/there-is-no-such-file.onnx: is answered 200, not 404']);
});

test('nobody there is one line for each file', async () => {
  host = await openHost(served, sound);
  const address = `${host.origin}/`;
  await host.stop();
  host = null;
  const found = await smoke(AbortSignal.timeout(20_000), { address, dist, config, connect: [] });
  expect(found).toHaveLength(7);
  for (const line of found) expect(line).toContain('no answer');
});

describe.each(['staging', 'production'])('deploy/environments/%s.json', (name) => {
  test('is read without a complaint, and says which place this is', async () => {
    const given: unknown = (await import(`./environments/${name}.json`)).default;
    const { config, problems } = readConfig(given);
    expect(problems).toEqual([]);
    expect(config.environment).toBe(name);
  });
});
