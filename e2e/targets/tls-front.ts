import { readFileSync } from 'node:fs';
import { createServer as createRedirect } from 'node:http';
import { connect } from 'node:net';
import type { Server } from 'node:net';
import { join } from 'node:path';
import { createServer as createTls } from 'node:tls';
import { runToEnd } from './child.ts';

export type TlsFront = {
  /** Where it answers: https on 443, and on 80 a redirect to that. */
  readonly host: string;
  /** The certificate that whoever asks has to trust, as PEM. */
  readonly certificate: string;
  readonly end: () => Promise<void>;
};

/** A loopback address that nothing else on this machine listens on; only root may have ports as low as a browser's. */
const host = '127.0.0.77';

/**
 * What stands before the shipped nginx in production, as docs/hosting.md asks for it: TLS, and a redirect from HTTP. It
 * passes on bytes, so that every header is nginx's own. port: nginx's. folder: for key and certificate.
 */
export async function startTlsFront(port: number, folder: string): Promise<TlsFront> {
  const key = join(folder, 'key.pem');
  const certificate = join(folder, 'certificate.pem');
  const name = ['-subj', '/CN=ktav', '-addext', `subjectAltName=IP:${host}`];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];
  runToEnd('openssl', ['req', '-x509', ...curve, ...name, '-days', '2', '-keyout', key, '-out', certificate]);
  const tls = createTls({ key: readFileSync(key), cert: readFileSync(certificate) }, (socket) => {
    const nginx = connect(port, '127.0.0.1');
    // One side that breaks off takes the other with it.
    socket.on('error', () => nginx.destroy()).pipe(nginx);
    nginx.on('error', () => socket.destroy()).pipe(socket);
  });
  const redirect = createRedirect((request, response) => {
    response.writeHead(301, { Location: `https://${host}${request.url ?? '/'}` }).end();
  });
  const servers: readonly [Server, number][] = [
    [tls, 443],
    [redirect, 80],
  ];
  for (const [server, at] of servers) {
    await new Promise<void>((resolve, reject) => void server.once('error', reject).listen(at, host, resolve));
  }
  return {
    host,
    certificate,
    async end() {
      redirect.closeAllConnections();
      await Promise.all(servers.map(([server]) => new Promise((resolve) => server.close(resolve))));
    },
  };
}
