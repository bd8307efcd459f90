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
      // Chromium logs that for pages, and for workers not always: each tells it here by itself.
      await page.addInitScript(tellViolations);
      page.on('worker', (worker) => {
        // It may be over before it is asked.
        worker.evaluate(tellViolations).catch(() => undefined);
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

/** Runs in the page and in its workers: what a policy forbade becomes a line of its own, also what came before. */
function tellViolations(): void {
  const tell = (what: unknown, where: unknown): void =>
    console.error(`policy broken: ${String(what)} ${String(where)}`);
  addEventListener('securitypolicyviolation', (event) => tell(event.effectiveDirective, event.sourceFile));
  if (typeof ReportingObserver === 'undefined') return;
  const observer = new ReportingObserver(
    (reports) => {
      for (const { type, body } of reports) if (type === 'csp-violation') tell(type, JSON.stringify(body));
    },
    { buffered: true },
  );
  observer.observe();
}

export interface QuietPage {
  /** For tests that break something on purpose: what the page may then say. */
  expectNoise(pattern: RegExp): void;
}

export { expect };
