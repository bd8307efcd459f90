import { defineConfig } from 'vitest/config';

export default defineConfig({
  define: { __APP_BUILD__: JSON.stringify('test') },
  test: {
    include: ['{src,scripts,lint,deploy,training,bench}/**/*.test.{ts,tsx}'],
    environment: 'node',
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
    // Two noisy cores: more workers only wait for each other.
    maxWorkers: 2,
    testTimeout: 30_000,
  },
});
