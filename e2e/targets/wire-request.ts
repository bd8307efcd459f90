import { request } from 'node:http';
import type { ClientRequest, IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export type Reply = { readonly status: number; readonly headers: IncomingMessage['headers']; readonly body: Buffer };

export type Sent = {
  readonly method: string;
  /** As it is written on the wire: nothing normalises it. */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** An array goes out chunked, without a Content-Length. */
  readonly body?: Uint8Array | readonly Uint8Array[];
  /** Milliseconds after each quarter of the body. */
  readonly pace?: number;
};

/** How long a target has for an answer to the head alone, before parts of a body follow it. In milliseconds. */
const HEAD_FIRST = 300;
/** How often a body without a length is sent before the loss of its answer counts. */
const ATTEMPTS = 5;

/**
 * A request as no browser would make it. A target may answer before it has read the body, and close: what is on its way
 * to it then comes back as a reset, which throws the answer away. So a body without a length, which is what targets
 * refuse by its head, is kept back for a moment, and sent again where the answer was lost nevertheless.
 */
export async function send(url: string, sent: Sent): Promise<Reply> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await sendOnce(url, sent);
    } catch (error) {
      if (!Array.isArray(sent.body) || !isReset(error) || attempt === ATTEMPTS) throw error;
    }
  }
}

const isReset = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'ECONNRESET');

function sendOnce(
  url: string,
  { method, path, headers = {}, body = new Uint8Array(), pace = 0 }: Sent,
): Promise<Reply> {
  const { hostname, port } = new URL(url);
  const whole = body instanceof Uint8Array;
  const length = whole && (body.length > 0 || method === 'PUT') ? { 'content-length': String(body.length) } : {};
  return new Promise((resolve, reject) => {
    const asked = request({ hostname, port, method, path, agent: false, headers: { ...length, ...headers } });
    let answered = false;
    asked.once('response', (response) => {
      answered = true;
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.once('close', () =>
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: Buffer.concat(chunks),
        }),
      );
    });
    asked.on('error', (error) => {
      if (!answered) reject(error);
    });
    if (whole && pace > 0) void sendSlowly(asked, body, pace);
    else if (whole) asked.end(body);
    else void sendInParts(asked, body, () => answered);
  });
}

async function sendInParts(asked: ClientRequest, parts: readonly Uint8Array[], answered: () => boolean): Promise<void> {
  asked.flushHeaders();
  for (const part of parts) {
    await sleep(HEAD_FIRST);
    if (answered()) break;
    asked.write(part);
  }
  asked.end();
}

async function sendSlowly(asked: ClientRequest, body: Uint8Array, pace: number): Promise<void> {
  const step = Math.ceil(body.length / 4);
  for (let at = 0; at < body.length; at += step) {
    asked.write(body.subarray(at, at + step));
    await sleep(pace);
  }
  asked.end();
}

/** Sends half of what the head promises, waits until it went through, and is gone. */
export function sendHalf(url: string, { path, body }: { path: string; body: Uint8Array }): Promise<void> {
  const { hostname, port, host } = new URL(url);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname, () => {
      socket.write(`PUT ${path} HTTP/1.1\r\nHost: ${host}\r\nContent-Length: ${body.length}\r\n\r\n`);
      socket.write(body.subarray(0, body.length / 2), () => setTimeout(() => socket.resetAndDestroy(), 100));
    });
    socket.once('close', () => resolve());
    socket.once('error', reject);
  });
}
