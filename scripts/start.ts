/** `npm start [-- --port N]`: builds the app and serves it as it is served in production. */
import { parseArgs } from 'node:util';
import { build, preview } from 'vite';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4173' },
    host: { type: 'string', default: '127.0.0.1' },
    'skip-build': { type: 'boolean', default: false },
  },
});
const port = Number(values.port);
if (!Number.isInteger(port) || port < 1 || port > 65_535) {
  console.error(`--port takes a number from 1 to 65535, not "${values.port}".`);
  process.exit(2);
}

if (!values['skip-build']) await build();
try {
  const server = await preview({ preview: { port, host: values.host, strictPort: true } });
  server.printUrls();
} catch (error) {
  if (!(error instanceof Error && /already in use|EADDRINUSE/.test(error.message))) throw error;
  console.error(
    `Port ${port} is taken. Another Ktav may be running there; or choose one: npm start -- --port ${port + 1}`,
  );
  process.exit(1);
}
