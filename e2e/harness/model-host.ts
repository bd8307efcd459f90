import { createCipheriv } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { hashOf, packageFiles, spoilt, utf8 } from '#model/package.fixture';
import { build } from 'vite';
import { securityHeaders } from '../../deploy/headers.ts';

/** A request that the host saw: what the network really carried, behind all caches. */
export type Seen = { readonly path: string; readonly range: string | null; readonly encodings: string };

/**
 * A static host as we meet them: precompressed files for whom they suit, ranges of the plain ones, production headers.
 * lose: path → after so many bytes on the wire the connection breaks, once.
 */
export async function startModelHost() {
  const files = largeFiles();
  const script = await bundle();
  const seen: Seen[] = [];
  const lose = new Map<string, number>();

  const answer = (request: IncomingMessage, response: ServerResponse): void => {
    const path = new URL(request.url ?? '/', 'http://host').pathname.replace(/^\/(models\/)?/, '');
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    if (path === '')
      return void response.setHeader('Content-Type', 'text/html').end('<script type="module" src="room.js"></script>');
    if (path === 'room.js') return void response.setHeader('Content-Type', 'text/javascript').end(script);
    if (path === 'favicon.ico') return void response.writeHead(204).end();
    const { range = null, 'accept-encoding': encodings = '' } = request.headers as Record<string, string | undefined>;
    seen.push({ path, range, encodings });
    const plain = files[path];
    if (plain === undefined) return void response.writeHead(404).end();
    response.setHeader('Content-Type', 'application/octet-stream');
    send(response, Buffer.from(plain), range, /\bbr\b/.test(encodings), lose.get(path));
    lose.delete(path);
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    files,
    lose,
    seen: () => seen.splice(0),
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

function send(
  response: ServerResponse,
  plain: Buffer,
  range: string | null,
  brotli: boolean,
  loseAfter = Infinity,
): void {
  const from = Number(/^bytes=(\d+)-$/.exec(range ?? '')?.[1] ?? 0);
  if (range !== null) {
    response.writeHead(206, { 'Content-Range': `bytes ${from}-${plain.length - 1}/${plain.length}` });
    response.end(plain.subarray(from));
    return;
  }
  const body = brotli ? brotliCompressSync(plain) : plain;
  response.writeHead(200, { 'Content-Length': body.length, ...(brotli ? { 'Content-Encoding': 'br' } : {}) });
  if (loseAfter >= body.length) response.end(body);
  // The rest of the delay lets the browser hand on what it has before the reset takes it away.
  else response.write(body.subarray(0, loseAfter), () => setTimeout(() => response.destroy(), 1500));
}

/** The fixture package with a model of some 300 KB, so that it arrives in pieces: an unknown field is legal padding. */
function largeFiles(): Record<string, Uint8Array<ArrayBuffer>> {
  const files: Record<string, Uint8Array<ArrayBuffer>> = { ...packageFiles };
  // Weights hardly compress, and neither does this: the key stream of a cipher under a fixed key.
  const cipher = createCipheriv('aes-128-ctr', Buffer.alloc(16, 1), Buffer.alloc(16));
  const padding = cipher.update(Buffer.alloc(300_000));
  // Field 500, length-delimited, 300 000 bytes.
  const tag = Uint8Array.of(0xa2, 0x1f, 0xe0, 0xa7, 0x12);
  const onnx = Uint8Array.from([...(files['fixture/1.0.0/int8.onnx'] ?? []), ...tag, ...padding]);
  const parse = (path: string) => JSON.parse(new TextDecoder().decode(files[path]));
  const manifest = parse('fixture/1.0.0/manifest.json');
  spoilt(spoilt(manifest, 'files.0.bytes', onnx.length), 'files.0.sha256', hashOf(onnx));
  files['fixture/1.0.0/int8.onnx'] = onnx;
  files['fixture/1.0.0/manifest.json'] = utf8(manifest);
  const catalog = spoilt(parse('catalog.json'), 'models.0.versions.0.manifestSha256', hashOf(utf8(manifest)));
  files['catalog.json'] = utf8(spoilt(catalog, 'models.0.versions.0.manifestBytes', utf8(manifest).length));
  return files;
}

async function bundle(): Promise<string> {
  const entry = fileURLToPath(new URL('model-room.ts', import.meta.url));
  const result = await build({
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: { write: false, minify: false, lib: { entry, formats: ['es'], fileName: 'room' } },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (output === undefined || !('output' in output)) throw new Error('nothing was built');
  return output.output[0].code;
}
