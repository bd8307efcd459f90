import { test as base, expect } from '@playwright/test';

/**
 * Playwright's test, and what holds in every one of them: the page throws nothing, logs no error,
 * breaks no policy, and asks no other host for anything.
 */
export const test = base.extend<{ quietPage: QuietPage }>({
  quietPage: [
    async ({ page, baseURL }, use) => {
      const seen: string[] = [];
      const expected: RegExp[] = [];
      page.on('pageerror', (error) => seen.push(`thrown: ${error.message}`));
      // A broken Content-Security-Policy is logged as an error too.
      page.on('console', (message) => {
        if (message.type() === 'error') seen.push(`logged: ${message.text()}`);
      });
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (/^https?:$/.test(protocol) && origin !== new URL(baseURL ?? '').origin)
          seen.push(`asked: ${request.url()}`);
      });
      await use({ expectNoise: (pattern) => expected.push(pattern) });
      expect(seen.filter((line) => !expected.some((pattern) => pattern.test(line)))).toEqual([]);
    },
    { auto: true },
  ],
});

export interface QuietPage {
  /** For tests that break something on purpose: what the page may then say. */
  expectNoise(pattern: RegExp): void;
}

export { expect };
