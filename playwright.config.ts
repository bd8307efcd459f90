import { defineConfig } from '@playwright/test';
import { chromiumArgs } from './e2e/support/chromium.ts';
import { desktop, site } from './e2e/support/site.ts';
import { findBrowser } from './scripts/find-browser.ts';

const phoneOnly = '**/*.phone.spec.ts';

export default defineConfig({
  ...site,
  testDir: 'e2e',
  outputDir: 'test-results/chromium',
  reporter: [['list'], ['json', { outputFile: 'reports/playwright.json' }]],
  use: { ...site.use, launchOptions: { executablePath: findBrowser(), args: [...chromiumArgs] } },
  projects: [
    { name: 'chromium', testIgnore: [phoneOnly, '**/*.firefox.spec.ts'], use: { viewport: desktop } },
    {
      name: 'phone',
      testMatch: phoneOnly,
      use: { viewport: { width: 360, height: 740 }, deviceScaleFactor: 3, hasTouch: true, isMobile: true },
    },
  ],
});
