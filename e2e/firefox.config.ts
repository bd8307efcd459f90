import { defineConfig } from '@playwright/test';
import { desktop, site } from './support/site.ts';

/**
 * The same tests in Firefox, over WebDriver BiDi (which Playwright 1.64.1 can, and newer ones cannot):
 * `npm run test:firefox`. Headless it has no WebGL2; under xvfb-run with KTAV_HEADED=1 it has.
 */
export default defineConfig({
  ...site,
  testDir: '.',
  testIgnore: ['**/*.phone.spec.ts', '**/*.chromium.spec.ts'],
  outputDir: '../test-results/firefox',
  reporter: [['list'], ['json', { outputFile: '../reports/firefox.json' }]],
  projects: [
    {
      name: 'firefox',
      use: {
        browserName: 'firefox',
        channel: 'moz-firefox',
        headless: process.env['KTAV_HEADED'] === undefined,
        viewport: desktop,
        launchOptions: { executablePath: process.env['KTAV_FIREFOX'] ?? '/usr/bin/firefox-esr' },
      },
    },
  ],
});
