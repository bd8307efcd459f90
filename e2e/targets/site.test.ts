import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, brotliDecompressSync, gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { contentTypeOf, contentTypes, headersFor, headersOf } from '../../deploy/headers.ts';
import { freePort } from './child.ts';
import { startNginx } from './nginx.ts';
import type { Nginx } from './nginx.ts';
import { send } from './wire-request.ts';

const script = '/assets/index-CAjrXi5B.js';
const thread = '/assets/opfs-worker-CAjrXi5B.js';
const code = `console.log(${JSON.stringify('ktav '.repeat(300))});`;
const bucket = 'https://bucket.example';
/** What someone changes where it is served, without a build. */
const edited = ['/config.json', '/models/catalog.json', '/models/catalog.json.sig'];
const folder = mkdtempSync(join(tmpdir(), 'ktav-site-'));
let nginx: Nginx;

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  mkdirSync(join(folder, 'models'));
  writeFileSync(join(folder, 'index.html'), '<!doctype html><title>Ktav</title>');
  writeFileSync(join(folder, script), code);
  writeFileSync(join(folder, thread), code);
  writeFileSync(join(folder, `${script}.br`), brotliCompressSync(code));
  writeFileSync(join(folder, `${script}.gz`), gzipSync(code));
  writeFileSync(join(folder, 'models/m.onnx'), 'weights');
  writeFileSync(join(folder, '.secret'), 'no');
  for (const path of edited) {
    writeFileSync(join(folder, path), '{"is":"new"}');
    writeFileSync(join(folder, `${path}.br`), brotliCompressSync('{"is":"old"}'));
    writeFileSync(join(folder, `${path}.gz`), gzipSync('{"is":"old"}'));
  }
  for (const end of Object.keys(contentTypes)) writeFileSync(join(folder, `a.${end}`), 'x');
  nginx = await startNginx({ site: folder, connect: [bucket] });
}, 600_000);
afterAll(async () => {
  await nginx?.end();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string, headers: Readonly<Record<string, string>> = {}, method = 'GET') =>
  send(nginx.url, { method, path, headers });

test('the page is there, with its query, and is asked for again each time', async () => {
  for (const path of ['/', '/index.html', '/?lang=he']) {
    const { status, headers, body } = await get(path);
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([
      200,
      'text/html; charset=utf-8',
      'no-cache',
    ]);
    expect(body.toString()).toContain('Ktav');
  }
  const { etag } = (await get('/')).headers;
  expect((await get('/', { 'if-none-match': etag ?? '' })).status).toBe(304);
});

test('what was packed ahead goes out packed, and says so to caches', async () => {
  const brotli = await get(script, { 'accept-encoding': 'gzip, deflate, br' });
  expect([brotli.headers['content-encoding'], brotli.headers.vary]).toEqual(['br', 'Accept-Encoding']);
  expect(brotliDecompressSync(brotli.body).toString()).toBe(code);
  const gzip = await get(script, { 'accept-encoding': 'gzip' });
  expect(gunzipSync(gzip.body).toString()).toBe(code);
  const plain = await get(script);
  expect(plain.headers['content-encoding']).toBeUndefined();
  expect(plain.body.toString()).toBe(code);
  for (const { headers } of [brotli, gzip, plain])
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
});

test('what was edited goes out as it is now, whatever was packed of it before', async () => {
  for (const path of edited) {
    const { headers, body } = await get(path, { 'accept-encoding': 'gzip, br' });
    expect([path, headers['content-encoding'], body.toString()]).toEqual([path, undefined, '{"is":"new"}']);
    expect(headers['cache-control']).toBe('no-cache');
  }
});

test('every kind of file has its type', async () => {
  for (const end of Object.keys(contentTypes))
    expect([end, (await get(`/a.${end}`)).headers['content-type']]).toEqual([end, contentTypeOf(`/a.${end}`)]);
});

test('the health check of the image tells a server from a sick one and from none', async () => {
  const check = fileURLToPath(new URL('../../deploy/nginx/healthy.sh', import.meta.url));
  const at = async (port: number | string): Promise<unknown> => {
    const env = { ...process.env, PORT: String(port) };
    const [status] = await once(spawn('/bin/bash', [check], { env, stdio: 'ignore', timeout: 20_000 }), 'exit');
    return status;
  };
  expect(await at(new URL(nginx.url).port)).toBe(0);
  expect(await at(await freePort())).toBe(1);
  const sick = createServer((_, response) => response.writeHead(503).end());
  const port = await freePort();
  await once(sick.listen(port, '127.0.0.1'), 'listening');
  try {
    expect(await at(port)).toBe(1);
  } finally {
    sick.close();
  }
});

test('a download is taken up in the middle', async () => {
  const rest = await get('/models/m.onnx', { range: 'bytes=3-' });
  expect([rest.status, rest.headers['content-range'], rest.body.toString()]).toEqual([206, 'bytes 3-6/7', 'ghts']);
  expect(rest.headers['content-type']).toBe('application/octet-stream');
});

test('a path without a file is a 404 and never the page; nothing hidden, nothing listed', async () => {
  const paths = [
    '/draw',
    '/models/none.onnx',
    '/robots.txt',
    '/assets/',
    '/models',
    '/.secret',
    '/assets/gone-12345678.js',
  ];
  for (const path of paths) {
    const { status, headers, body } = await get(path);
    expect([path, status, headers['cache-control']]).toEqual([path, 404, 'no-cache']);
    expect(body.toString()).not.toContain('<title>Ktav');
  }
});

test('every answer carries the headers of its kind, refusals too, and tells no version', async () => {
  const batch = `/feedback/ktav/2026-11-21/${'a'.repeat(64)}.ndjson`;
  const answers = await Promise.all([
    get('/'),
    get('/none'),
    get(batch),
    get('/feedback/'),
    get('/', {}, 'DELETE'),
    get('/healthz'),
    get('/assets/gone-12345678.js'),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 405, 403, 405, 200, 404]);
  for (const { headers } of answers) {
    for (const [name, value] of Object.entries(headersFor([bucket]))) expect(headers[name.toLowerCase()]).toBe(value);
    expect(headers['server']).toBe('nginx');
  }
  for (const path of [script, thread, ...Object.keys(contentTypes).map((end) => `/a.${end}`)]) {
    const { status, headers } = await get(path);
    const sent = Object.entries(headersFor([bucket])).filter(([name]) => headers[name.toLowerCase()] !== undefined);
    expect([path, sent]).toEqual([path, Object.entries(headersOf(path, status, [bucket]))]);
    for (const [name, value] of sent) expect(headers[name.toLowerCase()]).toBe(value);
  }
});

test('who watches over it is told that it is well, and told anew each time', async () => {
  const { status, headers, body } = await get('/healthz');
  expect([status, body.toString(), headers['cache-control']]).toEqual([200, 'ok\n', 'no-store']);
});

test('a folder without a last slash leads nowhere else', async () => {
  // Behind an ingress nginx does not know its own name: it must not send anyone to it.
  const { headers } = await get('/assets');
  expect(headers.location).toBeUndefined();
});

test('behind a load balancer that is trusted, one visitor in haste holds up no other', async () => {
  const behind = await startNginx({ site: folder, environment: { KTAV_PROXIES: '127.0.0.0/8' } });
  try {
    const put = (visitor: string, n: number) =>
      send(behind.url, {
        method: 'PUT',
        path: `/feedback/ktav/2026-11-21/${n.toString(16).padStart(64, '0')}.ndjson`,
        headers: { 'x-forwarded-for': visitor },
        body: new TextEncoder().encode('{}\n'),
      });
    const hasty = await Promise.all(Array.from({ length: 150 }, (_, n) => put('198.51.100.1', n)));
    expect(hasty.map(({ status }) => status)).toContain(429);
    expect((await put('198.51.100.2', 1000)).status).toBe(201);
  } finally {
    await behind.end();
  }
});
