import type { PlaywrightTestConfig } from '@playwright/test';

const port = Number(process.env['KTAV_E2E_PORT'] ?? 4273);

/** What every engine's run has in common: the production build under the production headers, one test at a time. */
export const site = {
  // faults/ and targets/ are tests of Node's (`npm run faults`).
  testMatch: '**/*.spec.ts',
  // The machine is small: tests side by side would wait for each other and time out.
  workers: 1,
  // Where others share the machine a browser may stall for longer than any wait here; scripts/tally.ts names what was
  // tried twice, and lets no more than two such tests pass.
  retries: process.env['CI'] === undefined ? 0 : 1,
  timeout: 150_000,
  expect: { timeout: 30_000 },
  forbidOnly: process.env['CI'] !== undefined,
  use: {
    baseURL: `http://127.0.0.1:${port}/`,
    locale: 'en-GB',
    trace: 'retain-on-failure',
    // What a service worker does is tested where it is meant (support/installed.ts), and out of the way elsewhere.
    serviceWorkers: 'block',
  },
  webServer: {
    command: `npm start -- --port ${port}`,
    url: `http://127.0.0.1:${port}/`,
    // A server left over from another tree would test another build.
    reuseExistingServer: false,
    timeout: 180_000,
    stdout: 'ignore',
  },
} satisfies PlaywrightTestConfig;

export const desktop = { width: 1280, height: 800 };
