import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { send, sendHalf } from '../targets/wire-request.ts';
import type { Reply } from '../targets/wire-request.ts';
import { oneOf } from './chance.ts';

/**
 * What can go wrong with a PUT. lost-before, silent-before: the target never heard of it. lost-after, silent-after: it
 * was taken, and nobody says so. lost: the connection is reset. silent: no answer ever comes. half: the target gets a
 * part of the body. twice: two deliveries at once. late: once more, after the page was told that it is there. slow: in
 * drops. failed, busy: 500, and 503 with Retry-After.
 */
export const faults = [
  'failed',
  'busy',
  'lost-before',
  'lost-after',
  'silent-before',
  'silent-after',
  'half',
  'twice',
  'late',
  'slow',
] as const;
export type Fault = (typeof faults)[number];

export type FaultProxy = {
  readonly url: string;
  /** How often each fault was done to a PUT, and how many went through as they were. */
  readonly done: Readonly<Record<Fault | 'none', number>>;
  readonly faulted: () => number;
  /** Every path that a PUT asked for. */
  readonly paths: ReadonlySet<string>;
  /** The share of PUTs that get a fault, from 0 to 1. */
  share: number;
  /** Waits until nothing is on its way any more; what was left without an answer counts as gone. */
  readonly settled: () => Promise<void>;
  readonly end: () => Promise<void>;
};

export type ProxyParts = {
  /** Where everything goes, by its origin. */
  readonly to: string;
  readonly share: number;
  readonly chance: () => number;
  /** What is answered here and not there: its body by its path, or null. */
  readonly aside?: (path: string, body: string) => boolean;
  /** Port to listen on; 0 for one that is free. */
  readonly port?: number;
};

/** Stands in front of a target, passes everything on, and does harm to PUTs on their way. */
export async function startFaultProxy({ to, share, chance, aside, port = 0 }: ProxyParts): Promise<FaultProxy> {
  const done: Record<Fault | 'none', number> = {
    none: 0,
    ...(Object.fromEntries(faults.map((fault) => [fault, 0])) as Record<Fault, number>),
  };
  const paths = new Set<string>();
  const own = { share };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await bodyOf(request);
    const path = request.url ?? '/';
    if (aside?.(path, body.toString()) === true) return void response.writeHead(204).end();
    const asked = { method: request.method ?? 'GET', path, headers: headersOf(request), body };
    const forward = (pace = 0): Promise<Reply> => send(to, { ...asked, pace });
    if (request.method !== 'PUT') return reply(response, await forward());

    paths.add(path);
    const fault = chance() < own.share ? oneOf(chance, faults) : 'none';
    done[fault] += 1;
    const [delay, gone] = [20 + chance() * 300, (): unknown => request.socket.resetAndDestroy()];
    switch (fault) {
      case 'none':
        return reply(response, await forward());
      case 'failed':
        return void response.writeHead(500, cors).end('no');
      case 'busy':
        return void response.writeHead(503, { ...cors, 'retry-after': '1' }).end('later');
      case 'lost-before':
        return void gone();
      case 'lost-after':
        await forward();
        return void gone();
      case 'silent-before':
        return;
      case 'silent-after':
        await forward();
        return;
      case 'half':
        await sendHalf(to, { path, body });
        return void gone();
      case 'twice':
        return reply(response, (await Promise.all([forward(), forward()]))[1]);
      case 'late':
        reply(response, await forward());
        await sleep(delay);
        await forward();
        return;
      case 'slow':
        return reply(response, await forward(delay / 4));
    }
  };
  const underway = new Set<Promise<void>>();
  const server = createServer((request, response) => {
    // The page is killed in the middle of requests, and then what is written to it goes nowhere.
    const one = answer(request, response).catch(() => void request.socket.destroy());
    underway.add(one);
    void one.finally(() => underway.delete(one));
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    done,
    paths,
    faulted: () => faults.reduce((sum, fault) => sum + done[fault], 0),
    get share() {
      return own.share;
    },
    set share(value) {
      own.share = value;
    },
    async settled() {
      while (underway.size > 0) await Promise.all(underway);
    },
    async end() {
      await new Promise((resolve) => server.close(resolve).closeAllConnections());
    },
  };
}

/** A bucket's own failures carry these too, or a page of another origin could not tell 503 from a lost connection. */
const cors = { 'access-control-allow-origin': '*', 'access-control-expose-headers': 'retry-after' };

async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function headersOf(request: IncomingMessage): Record<string, string> {
  const own = ['host', 'connection', 'content-length', 'transfer-encoding'];
  return Object.fromEntries(
    Object.entries(request.headers).flatMap(([name, value]) =>
      typeof value === 'string' && !own.includes(name) ? [[name, value]] : [],
    ),
  );
}

function reply(response: ServerResponse, { status, headers, body }: Reply): void {
  const { connection: _, 'transfer-encoding': __, ...kept } = headers;
  response.writeHead(status, { ...kept, 'content-length': body.length }).end(body);
}
