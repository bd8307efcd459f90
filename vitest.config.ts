import { defineConfig } from 'vitest/config';
import { trimmedRuntime } from './scripts/trim-runtime/plugin.ts';

export default defineConfig({
  // Made where a test asks for it by itself: it takes its time.
  plugins: [trimmedRuntime({ off: true })],
  define: { __APP_BUILD__: JSON.stringify('test') },
  test: {
    include: ['{src,scripts,lint,deploy,training,bench}/**/*.test.{ts,tsx}'],
    environment: 'node',
    reporters: ['default', ['json', { outputFile: 'reports/vitest.json' }]],
    // Two noisy cores: more workers only wait for each other.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
