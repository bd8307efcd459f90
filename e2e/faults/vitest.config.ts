import { defineConfig } from 'vitest/config';

/** `npm run faults`: what needs real servers and real browsers that are killed. */
export default defineConfig({
  define: { __APP_BUILD__: JSON.stringify('faults') },
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['e2e/{faults,targets}/*.test.ts'],
    environment: 'node',
    reporters: ['default', ['json', { outputFile: 'reports/faults.json' }]],
    // One after the other: browsers, servers and killing need the machine for themselves.
    fileParallelism: false,
    testTimeout: 60_000,
    // Servers take their time to end.
    hookTimeout: 120_000,
  },
});
