import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { faults, startFaultProxy } from './proxy.ts';
import type { Fault, FaultProxy } from './proxy.ts';

/** A target that remembers what it was sent, whole or in part. */
const target = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => chunks.push(chunk));
  request.once('end', () => {
    whole.push(Buffer.concat(chunks).toString());
    response.writeHead(201).end('made');
  });
  request.once('error', () => parts.push(Buffer.concat(chunks).length));
});
const whole: string[] = [];
const parts: number[] = [];
let proxy: FaultProxy;

beforeEach(async () => {
  whole.length = 0;
  parts.length = 0;
  await new Promise<void>((resolve) => target.listen(0, '127.0.0.1', resolve));
});
afterEach(async () => {
  await proxy.end();
  await new Promise((resolve) => target.close(resolve).closeAllConnections());
});

/** Puts through a proxy that does just this; the answer's status, or what became of it. */
async function meet(fault: Fault): Promise<number | 'lost' | 'silent'> {
  // The second number drawn chooses the fault.
  const row = [0, (faults.indexOf(fault) + 0.5) / faults.length, 0.1];
  proxy = await startFaultProxy({
    to: `http://127.0.0.1:${(target.address() as AddressInfo).port}`,
    share: 1,
    chance: () => row.shift() ?? 0.1,
  });
  // Long enough for an answer on a loaded machine, and no longer where none will come.
  const patience = fault.startsWith('silent') ? 700 : 20_000;
  const asked = { method: 'PUT', body: 'x'.repeat(1000), signal: AbortSignal.timeout(patience) };
  return fetch(`${proxy.url}/a`, asked).then(
    ({ status }) => status,
    (error: unknown) => (error instanceof DOMException ? 'silent' : 'lost'),
  );
}

test.each([
  ['failed', 500, 0],
  ['busy', 503, 0],
  ['lost-before', 'lost', 0],
  ['lost-after', 'lost', 1],
  ['silent-before', 'silent', 0],
  ['silent-after', 'silent', 1],
  ['half', 'lost', 0],
  ['twice', 201, 2],
  ['late', 201, 2],
  ['slow', 201, 1],
] as const)('%s: the page sees %s, the target %i whole', async (fault, answer, arrived) => {
  expect(await meet(fault)).toBe(answer);
  await proxy.settled();
  // What is too much would come now; what is cut off is told when the target hears of it.
  await sleep(50);
  await expect
    .poll(() => ({ whole, parts }), { timeout: 20_000 })
    .toEqual({
      whole: Array.from({ length: arrived }, () => 'x'.repeat(1000)),
      parts: fault === 'half' ? [500] : [],
    });
  expect(proxy.done[fault]).toBe(1);
  expect(proxy.faulted()).toBe(1);
});

test('what is no PUT goes through as it is', async () => {
  await meet('failed');
  expect((await fetch(`${proxy.url}/b`, { method: 'POST', body: 'y' })).status).toBe(201);
  expect(whole).toEqual(['y']);
});
