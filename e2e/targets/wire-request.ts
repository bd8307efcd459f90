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

/** A request as no browser would make it. A target may answer before it has read the body, and close. */
export function send(
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
    else {
      for (const part of body) asked.write(part);
      asked.end();
    }
  });
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
