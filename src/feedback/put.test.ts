import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { put } from './put.ts';
import { systemClock } from './sync-clock.ts';
import type { SyncTarget } from './sync-contract.ts';

const batch = { name: 'cd'.repeat(32), date: '2026-11-21', gzip: false };
const bytes = new TextEncoder().encode('{"a":1}\n');
const within = (answer: number) => ({
  fetch: (url: string, init: RequestInit) => fetch(url, init),
  clock: systemClock,
  limits: { answer, slowestBytesPerSecond: 1_000_000 },
});
const parts = within(20_000);
const never = new AbortController().signal;

let server: Server | null = null;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function targetOf(listener: RequestListener): Promise<SyncTarget> {
  const listening = createServer(listener).listen(0, '127.0.0.1');
  server = listening;
  await new Promise((done) => listening.once('listening', done));
  const { port } = listening.address() as AddressInfo;
  const baseUrl = `http://127.0.0.1:${port}`;
  return { profile: 's3', baseUrl, app: 'ktav', headers: { 'X-Key': 'k' }, capBytes: 2_000_000, gzip: false };
}

const bodyOf = async (request: IncomingMessage): Promise<string> =>
  Buffer.concat(await request.toArray()).toString('utf8');

test('the server gets the bytes under their name', async () => {
  const seen: unknown[] = [];
  const target = await targetOf(async (request, response) => {
    const { method, url, headers } = request;
    seen.push([
      method,
      url,
      headers['x-key'],
      headers['if-none-match'],
      headers['content-type'],
      await bodyOf(request),
    ]);
    response.writeHead(201).end();
  });
  expect(await put(never, parts, target, batch, bytes)).toEqual({ kind: 'delivered' });
  const path = `/feedback/ktav/2026-11-21/${batch.name}.ndjson`;
  expect(seen).toEqual([['PUT', path, 'k', '*', 'application/x-ndjson', '{"a":1}\n']]);
});

test('a refusal comes with the beginning of what the server said, without its markup', async () => {
  const target = await targetOf((_, response) => {
    response.writeHead(403).end(`<Error><Code>AccessDenied</Code>\n<Message>no</Message></Error>${'x'.repeat(9999)}`);
  });
  const outcome = await put(never, parts, target, batch, bytes);
  expect(outcome).toMatchObject({ kind: 'refused', status: 403 });
  if (outcome.kind !== 'refused') return;
  expect(outcome.reason).toMatch(/^403 Forbidden: AccessDenied no x+$/);
  expect(outcome.reason.length).toBeLessThan(330);
});

test('a refusal whose words never end is a refusal all the same', async () => {
  const target = await targetOf((_, response) => {
    response.writeHead(400).write('wait');
  });
  expect(await put(never, within(3000), target, batch, bytes)).toMatchObject({ kind: 'refused', status: 400 });
});

test('busy servers are left alone for as long as they ask', async () => {
  const target = await targetOf((_, response) => void response.writeHead(503, { 'Retry-After': '7' }).end());
  expect(await put(never, parts, target, batch, bytes)).toEqual({ kind: 'later', status: 503, retryAfter: 7000 });
});

test('a redirect is followed nowhere and delivers nothing', async () => {
  let asked = 0;
  const target = await targetOf((request, response) => {
    asked++;
    if (request.url === '/login') response.writeHead(200).end('<h1>Welcome</h1>');
    else response.writeHead(303, { Location: '/login' }).end();
  });
  expect(await put(never, parts, target, batch, bytes)).toEqual({ kind: 'later', status: 0, retryAfter: null });
  expect(asked).toBe(1);
});

test('a server that says nothing is given up after a while', async () => {
  const target = await targetOf(() => undefined);
  expect(await put(never, within(300), target, batch, bytes)).toEqual({ kind: 'later', status: 0, retryAfter: null });
});

test('a connection that breaks is tried later', async () => {
  const target = await targetOf((request) => void request.socket.destroy());
  expect(await put(never, parts, target, batch, bytes)).toEqual({ kind: 'later', status: 0, retryAfter: null });
});

test('who cancels gets no verdict, before and while it runs', async () => {
  const cancel = new AbortController();
  const target = await targetOf(() => cancel.abort());
  expect(await put(cancel.signal, parts, target, batch, bytes)).toEqual({ kind: 'cancelled' });
  expect(await put(cancel.signal, parts, target, batch, bytes)).toEqual({ kind: 'cancelled' });
});
