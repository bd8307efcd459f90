/**
 * `npm start [-- --port N]`: builds the app and serves it as it is served in production, on port 4173 where nothing is said.
 * --host: the address to listen at, 127.0.0.1. --skip-build: serves the build that is there.
 */
import { build, preview } from 'vite';
import { readArguments, wholeNumber } from './command-line.ts';

const { values } = readArguments(import.meta.url, {
  options: {
    port: { type: 'string', default: '4173' },
    host: { type: 'string', default: '127.0.0.1' },
    'skip-build': { type: 'boolean', default: false },
  },
});
const port = wholeNumber('--port', values.port, 65_535);

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
