import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { securityHeaders } from '../../deploy/headers.ts';

/** A page with nothing but the outbox, and the thread of its second copy, under the production headers. */
export async function startOutboxHost() {
  const scripts = await outboxScripts();
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    if (request.url === '/favicon.ico') return void response.writeHead(204).end();
    const script = scripts.get(request.url?.slice(1) ?? '');
    response.setHeader('Content-Type', script === undefined ? 'text/html' : 'text/javascript');
    response.end(script ?? '<!doctype html><title>Outbox</title><script type="module" src="room.js"></script>');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () => new Promise((resolve) => server.close(resolve).closeAllConnections()),
  };
}

/** By path: room.js, and what it asks for. */
export async function outboxScripts(): Promise<ReadonlyMap<string, string>> {
  const result = await build({
    configFile: false,
    base: './',
    publicDir: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      target: 'es2022',
      modulePreload: { polyfill: false },
      rolldownOptions: {
        input: fileURLToPath(new URL('outbox.ts', import.meta.url)),
        output: { entryFileNames: 'room.js' },
      },
    },
  });
  const [output] = Array.isArray(result) ? result : [result];
  if (output === undefined || !('output' in output)) throw new Error('nothing was built');
  return new Map(
    output.output.map((file) => [file.fileName, file.type === 'chunk' ? file.code : String(file.source)] as const),
  );
}
