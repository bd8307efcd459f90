import { test as base, expect } from '@playwright/test';
import { hearPolicies } from './policy.ts';

/**
 * Playwright's test, and what holds in every one of them: the page throws nothing, logs no error, and asks no other host
 * for anything; and neither it, nor another page beside it, nor a worker, nor the service worker breaks a policy.
 */
export const test = base.extend<{ quietPage: QuietPage }>({
  quietPage: [
    async ({ context, page, baseURL }, use) => {
      const seen: string[] = [];
      const expected: RegExp[] = [];
      page.on('pageerror', (error) => seen.push(`thrown: ${error.message}`));
      page.on('console', (message) => {
        if (message.type() === 'error') seen.push(`logged: ${message.text()}`);
      });
      await hearPolicies(context, (line) => seen.push(line));
      page.on('request', (request) => {
        const { origin, protocol } = new URL(request.url());
        if (/^https?:$/.test(protocol) && origin !== new URL(baseURL ?? '').origin)
          seen.push(`asked: ${request.url()}`);
      });
      const unexpected = (): string[] => seen.filter((line) => !expected.some((pattern) => pattern.test(line)));
      await use({ expectNoise: (pattern) => expected.push(pattern), unexpected });
      expect(unexpected()).toEqual([]);
    },
    { auto: true },
  ],
});

export interface QuietPage {
  /** For tests that break something on purpose: what the page may then say. */
  expectNoise(pattern: RegExp): void;
  /** What would fail this test if it ended now. */
  unexpected(): readonly string[];
}

export { expect };
