import type { BrowserContext, ConsoleMessage, Page, Worker } from '@playwright/test';

/**
 * Hears what a policy forbids in all of a context: its pages, their workers, and service workers, which tell no page of
 * it. Each is asked to say it on its console; what a worker did before it was asked is in its buffer of reports.
 * Chromium alone shows service workers.
 */
export async function hearPolicies(context: BrowserContext, heard: (line: string) => void): Promise<void> {
  const hear = (message: ConsoleMessage): void => {
    if (isBroken(message.text())) heard(`logged: ${message.text()}`);
  };
  const ask = (worker: Worker): void => {
    // It may be over before it is asked.
    worker.evaluate(tellViolations).catch(() => undefined);
  };
  const askServiceWorker = (worker: Worker): void => {
    worker.on('console', hear);
    ask(worker);
  };
  const askPage = (page: Page): void => void page.on('worker', ask).on('console', hear);
  await context.addInitScript(tellViolations);
  context.on('page', askPage).on('serviceworker', askServiceWorker);
  context.pages().forEach(askPage);
  context.serviceWorkers().forEach(askServiceWorker);
}

const isBroken = (text: string): boolean =>
  /^policy broken|Content Security Policy|Trusted(Script|HTML|Type)/.test(text);

/** Runs in pages and workers: what a policy forbade becomes a line of its own, also what came before. */
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
