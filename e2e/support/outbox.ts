import type { Page } from '@playwright/test';
import { startOutboxHost } from '../harness/outbox-host.ts';
import { expect, test as base } from './test.ts';

type Host = Awaited<ReturnType<typeof startOutboxHost>>;

/** The outbox in a real browser. Every test has an origin's storage of its own, as every context has. */
export const test = base.extend<{ baseURL: string }, { host: Host }>({
  host: [
    async ({}, use) => {
      const host = await startOutboxHost();
      await use(host);
      await host.close();
    },
    { scope: 'worker' },
  ],
  baseURL: async ({ host }, use) => use(host.url),
});

export async function openRoom(page: Page): Promise<Page> {
  await page.goto('./');
  await expect.poll(() => page.evaluate(() => 'outboxRoom' in window)).toBe(true);
  return page;
}

export { expect };
