import { defineConfig } from 'vitest/config';

/** `npm run e2e:engines`: the main path, and the same answers, in every engine that people have. */
export default defineConfig({
  test: {
    root: new URL('../..', import.meta.url).pathname,
    include: ['e2e/engines/*.test.ts'],
    environment: 'node',
    reporters: ['verbose', ['json', { outputFile: 'reports/engines.json' }]],
    // One browser after the other: side by side they would wait for each other.
    fileParallelism: false,
    hookTimeout: 60_000,
  },
});
