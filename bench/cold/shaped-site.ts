import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { cacheControl, contentTypeOf, headersOf } from '../../deploy/headers.ts';
import { Line, SLOW } from './line.ts';
import type { LineSpeed } from './line.ts';

export type Encoding = 'br' | 'gzip';

/** One answer: bytes on the wire without its head; milliseconds from reset() until it was asked for, began and ended. */
export type Sent = {
  readonly path: string;
  readonly bytes: number;
  readonly asked: number;
  readonly began: number;
  readonly ended: number;
};

/** A folder behind a line, a thin one unless it is said, compressed beforehand as static hosts do. */
export type ShapedSite = {
  readonly url: string;
  /**
   * Bytes that the server sent on all connections, heads of answers included: so far, or until a time, in milliseconds
   * since 1970 by this machine's clock.
   */
  readonly sent: (until?: number) => number;
  /** Each answer so far, in the order in which they were asked for. */
  readonly answers: () => readonly Sent[];
  /** Forgets what was counted, and gives the next visit an idle line. */
  readonly reset: () => void;
  readonly close: () => Promise<void>;
};

/** Compressed already. */
const asItIs = new Set(['png', 'woff2']);
/** ONNX Runtime's 14 MB take a minute at 11; its size here is no figure that counts for us. */
const QUICK_ABOVE = 4_000_000;

const cache = fileURLToPath(new URL('../../.cache/cold/', import.meta.url));

export type Shape = {
  readonly speed?: LineSpeed;
  /** What an answer is sent with; as in production, unless the page cannot live under its policy. */
  readonly headers?: typeof headersOf;
};

export async function serveShaped(folder: string, encoding: Encoding, shape: Shape = {}): Promise<ShapedSite> {
  const { speed = SLOW, headers = headersOf } = shape;
  let line = new Line(speed);
  let before = 0;
  let answers: { -readonly [Key in keyof Sent]: Sent[Key] }[] = [];
  let start = performance.now();
  const bytesOf = new Map<object, number>();
  const total = (): number => [...bytesOf.values()].reduce((sum, bytes) => sum + bytes, 0);
  /** How much had been sent when. */
  let history: { readonly at: number; readonly bytes: number }[] = [];
  const count = (socket: Socket): void => {
    bytesOf.set(socket, socket.bytesWritten);
    history.push({ at: performance.timeOrigin + performance.now(), bytes: total() });
  };

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { socket } = request;
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const file = join(
      folder,
      normalize(decodeURIComponent(pathname.endsWith('/') ? `${pathname}index.html` : pathname)),
    );
    const found = existsSync(file) && statSync(file).isFile();
    const kind = extname(file).slice(1);
    const status = found ? 200 : 404;
    for (const [name, value] of Object.entries(headers(pathname, status))) response.setHeader(name, value);
    response.setHeader('Cache-Control', cacheControl(pathname, status));
    response.setHeader('Content-Type', contentTypeOf(pathname));
    const body = found
      ? asItIs.has(kind)
        ? readFileSync(file)
        : compressed(readFileSync(file), encoding)
      : Buffer.of();
    const tag = `"${createHash('sha256').update(body).digest('hex').slice(0, 16)}"`;
    response.setHeader('ETag', tag);
    const same = request.headers['if-none-match'] === tag;
    if (found && !same) response.setHeader('Content-Length', body.length);
    if (found && !same && !asItIs.has(kind)) response.setHeader('Content-Encoding', encoding);
    response.statusCode = same ? 304 : status;
    const asked = performance.now() - start;
    const counted = { path: pathname, bytes: 0, asked, began: NaN, ended: NaN };
    answers.push(counted);
    await line.send(
      found && !same ? body : Buffer.of(),
      (piece) => {
        counted.bytes += piece.length;
        counted.ended = performance.now() - start;
        if (Number.isNaN(counted.began)) counted.began = counted.ended;
        response.write(piece);
        count(socket);
      },
      () => response.destroyed,
    );
    response.end(() => count(socket));
  }

  const server = createServer((request, response) => void answer(request, response));
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    sent: (until = Infinity) => (history.findLast(({ at }) => at <= until)?.bytes ?? before) - before,
    answers: () => answers,
    reset() {
      before = total();
      answers = [];
      history = [];
      start = performance.now();
      line = new Line(speed);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Compressed once for all runs, under the hash of what it was. */
function compressed(bytes: Buffer, encoding: Encoding): Buffer {
  const name = join(cache, `${createHash('sha256').update(bytes).digest('hex')}.${encoding}`);
  if (existsSync(name)) return readFileSync(name);
  const quality = bytes.length > QUICK_ABOVE ? 5 : 11;
  const small =
    encoding === 'br'
      ? brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } })
      : gzipSync(bytes, { level: 9 });
  mkdirSync(cache, { recursive: true });
  writeFileSync(name, small);
  return small;
}
