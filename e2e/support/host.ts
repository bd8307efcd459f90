import { createServer } from 'node:http';
import { existsSync, readFileSync, statSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join, normalize } from 'node:path';
import { contentTypeOf } from '../../deploy/headers.ts';

/** A host of files that is none of ours: it answers with the headers that it is told, and no others but types. */
export type Host = {
  /** Without a slash at its end. */
  readonly origin: string;
  /** Paths that were asked for, in order. */
  readonly asked: string[];
  stop(): Promise<void>;
};

export type HeadersOfHost = (path: string, status: number) => Readonly<Record<string, string>>;

/**
 * Serves a folder as static hosts do: a folder's address without its slash leads to the one with it, and what is missing
 * is a page with status 404.
 */
export async function openHost(folder: string, headersOf: HeadersOfHost): Promise<Host> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    asked.push(pathname);
    const there = join(folder, normalize(decodeURIComponent(pathname)));
    const isFolder = existsSync(there) && statSync(there).isDirectory();
    if (isFolder && !pathname.endsWith('/')) {
      return response.writeHead(301, { ...headersOf(pathname, 301), Location: `${pathname}/` }).end();
    }
    const file = isFolder ? join(there, 'index.html') : there;
    const status = existsSync(file) ? 200 : 404;
    const type = status === 200 ? contentTypeOf(pathname) : contentTypeOf('.html');
    response.writeHead(status, { 'Content-Type': type, ...headersOf(pathname, status) });
    return response.end(status === 200 ? readFileSync(file) : '<!doctype html><title>Not found</title>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async stop() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
