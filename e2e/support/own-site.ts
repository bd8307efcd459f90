import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { cpSync, existsSync, mkdtempSync, readFileSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { cacheControl, contentTypeOf, headersOf } from '../../deploy/headers.ts';

/** A server with the production headers that can be stopped, and given another build, in the middle of a test. */
export type OwnSite = {
  readonly url: string;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  /** The same with the time: milliseconds since 1970. */
  readonly log: { readonly path: string; readonly at: number }[];
  /** What every PUT below /feedback/ is answered with, and those that were. */
  readonly inbox: { status: number; readonly puts: { readonly path: string; readonly body: Buffer }[] };
  /** Another folder is served from now on. */
  deploy(folder: string): void;
  /** In place of the file at that path, e.g. '/config.json'. */
  answer(path: string, text: string): void;
  stop(): Promise<void>;
  start(): Promise<void>;
};

export async function openOwnSite(first: string): Promise<OwnSite> {
  let folder = first;
  let server: Server | null = null;
  let port = 0;
  const asked: string[] = [];
  const log: { path: string; at: number }[] = [];
  const instead = new Map<string, string>();
  const inbox: OwnSite['inbox'] = { status: 404, puts: [] };

  async function start(): Promise<void> {
    const made = createServer((request, response) => {
      const { pathname } = new URL(request.url ?? '/', 'http://localhost');
      asked.push(pathname);
      log.push({ path: pathname, at: Date.now() });
      const path = pathname.endsWith('/') ? `${pathname}index.html` : pathname;
      const file = join(folder, normalize(decodeURIComponent(path)));
      const there = existsSync(file) && statSync(file).isFile();
      for (const [name, value] of Object.entries(headersOf(pathname, there ? 200 : 404)))
        response.setHeader(name, value);
      response.setHeader('Cache-Control', cacheControl(pathname, 200));
      response.setHeader('Content-Type', contentTypeOf(pathname));
      // As a server does that compresses: kept answers must be found all the same.
      response.setHeader('Vary', 'Accept-Encoding, Origin');
      const text = instead.get(pathname);
      if (text !== undefined) return response.end(text);
      if (request.method === 'PUT' && pathname.startsWith('/feedback/')) {
        const parts: Buffer[] = [];
        request.on('data', (part: Buffer) => parts.push(part));
        request.on('end', () => {
          inbox.puts.push({ path: pathname, body: Buffer.concat(parts) });
          response.writeHead(inbox.status).end();
        });
        return;
      }
      if (request.method !== 'GET' || !there) {
        return response.writeHead(404, { 'Cache-Control': cacheControl(pathname, 404) }).end();
      }
      return response.end(readFileSync(file));
    });
    await new Promise<void>((resolve) => made.listen(port, '127.0.0.1', resolve));
    port = (made.address() as AddressInfo).port;
    server = made;
  }

  await start();
  return {
    url: `http://127.0.0.1:${port}/`,
    asked,
    log,
    inbox,
    deploy: (next) => void (folder = next),
    answer: (path, text) => void instead.set(path, text),
    start,
    async stop() {
      const old = server;
      server = null;
      old?.closeAllConnections();
      await new Promise((resolve) => (old === null ? resolve(null) : old.close(resolve)));
    },
  };
}

/** A copy of the build that this run serves: it stays as it is, whoever builds meanwhile. KTAV_DIST names another. */
export function builtSite(): string {
  const dist = process.env['KTAV_DIST'] ?? fileURLToPath(new URL('../../dist', import.meta.url));
  return copied(dist);
}

function copied(dist: string): string {
  const copy = mkdtempSync(join(tmpdir(), 'ktav-site-'));
  cpSync(dist, copy, { recursive: true, filter: (path) => !path.endsWith('.map') });
  return copy;
}

/** The next build: every script and style has another name than in the one before, and the page another title. */
export async function nextBuild(): Promise<string> {
  const ready = process.env['KTAV_NEXT_DIST'];
  if (ready !== undefined) return copied(ready);
  const outDir = mkdtempSync(join(tmpdir(), 'ktav-next-'));
  // The engine's own build does not hear of these names, and it is what asks for the runtime: page and engine agree on it.
  const named = ({ names }: { readonly names: readonly string[] }): string =>
    names.some((name) => name.endsWith('.wasm'))
      ? 'assets/[name]-[hash][extname]'
      : 'assets/[name]-next-[hash][extname]';
  const script = 'assets/[name]-next-[hash].js';
  await build({
    logLevel: 'error',
    define: { __APP_BUILD__: JSON.stringify('9.9.9+next') },
    build: {
      outDir,
      emptyOutDir: true,
      sourcemap: false,
      rolldownOptions: { output: { assetFileNames: named, chunkFileNames: script, entryFileNames: script } },
    },
  });
  return outDir;
}
