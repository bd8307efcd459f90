import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineStatus } from '#inference/answer';
import { build, preview } from 'vite';
import { expect, test as base } from '../support/test.ts';
import type { EngineHarness } from './engine.ts';

declare global {
  interface Window {
    engine: EngineHarness;
  }
}

const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * The production build of the harness page, under the production headers, on a port of its own.
 * KTAV_E2E_PUBLIC: another folder instead of public/, to try out a model package that is not in there.
 */
async function serveHarness(): Promise<{ readonly url: string; readonly close: () => Promise<void> }> {
  const outDir = mkdtempSync(join(tmpdir(), 'ktav-engine-'));
  const publicDir = process.env['KTAV_E2E_PUBLIC'];
  const settings = { root, logLevel: 'warn', ...(publicDir === undefined ? {} : { publicDir }) } as const;
  await build({
    ...settings,
    build: { outDir, emptyOutDir: true, rolldownOptions: { input: join(root, 'e2e/harness/engine.html') } },
  });
  const server = await preview({
    ...settings,
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1', strictPort: false },
  });
  const [address] = server.resolvedUrls?.local ?? [];
  if (address === undefined) throw new Error('the harness is not served anywhere');
  return {
    url: address,
    close: async () => {
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}

type EnginePage = {
  /** Code in front of the worker's own, to break what no page can reach. Before open(). */
  inWorker(code: string): Promise<void>;
  /** Opens the page and starts an engine. */
  open(options?: Parameters<EngineHarness['open']>[0]): Promise<void>;
  /** Waits until the newest status is of that phase. */
  until(phase: EngineStatus['phase'], timeout?: number): Promise<EngineStatus>;
  status(): Promise<EngineStatus>;
};

export const test = base.extend<{ engine: EnginePage; baseURL: string }, { site: string }>({
  site: [
    async ({}, use) => {
      const { url, close } = await serveHarness();
      await use(url);
      await close();
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  baseURL: async ({ site }, use) => use(site),
  engine: async ({ page }, use) => {
    const status = async (): Promise<EngineStatus> => {
      const last = await page.evaluate(() => window.engine.statuses.at(-1));
      if (last === undefined) throw new Error('open() comes first');
      return last;
    };
    await use({
      status,
      async inWorker(code) {
        await page.context().route('**/assets/worker-*.js', async (route) => {
          const response = await route.fetch();
          await route.fulfill({ response, body: `${code};\n${await response.text()}` });
        });
      },
      open: async (options = { backend: null }) => {
        await page.goto('e2e/harness/engine.html');
        await page.waitForFunction(() => 'engine' in window);
        await page.evaluate((given) => window.engine.open(given), options);
      },
      until: async (phase, timeout = 30_000) => {
        await expect.poll(async () => (await status()).phase, { timeout, intervals: [50] }).toBe(phase);
        return status();
      },
    });
    await page.evaluate(() => window.engine?.close()).catch(() => undefined);
  },
});

export { expect };
