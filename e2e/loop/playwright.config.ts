import { defineConfig } from '@playwright/test';
import { findBrowser } from '../../scripts/find-browser.ts';
import { chromiumArgs } from '../support/chromium.ts';
import { desktop } from '../support/site.ts';

/** `npm run loop`: trains twice, so it is a command of its own. Its server is nginx, which it starts itself. */
export default defineConfig({
  testDir: '.',
  // Not *.spec.ts: the other browser tests do not wait for two trainings.
  testMatch: '*.loop.ts',
  outputDir: '../../test-results/loop',
  workers: 1,
  retries: 0,
  timeout: 60 * 60_000,
  expect: { timeout: 30_000 },
  reporter: [['list'], ['json', { outputFile: '../../reports/loop.json' }]],
  use: {
    viewport: desktop,
    actionTimeout: 60_000,
    launchOptions: { executablePath: findBrowser(), args: [...chromiumArgs] },
  },
});
