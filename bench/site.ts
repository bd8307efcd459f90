import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, preview } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));

export type Site = { readonly url: string; readonly close: () => Promise<void> };

/**
 * Builds a page for production and serves it with the headers of production, on a port that is free.
 * page: path of its HTML file from the root of the repository. url is the address of that page.
 */
export async function serveBuilt(page: 'index.html' | 'bench/browser/bench.html'): Promise<Site> {
  const outDir = mkdtempSync(join(tmpdir(), 'ktav-bench-'));
  const settings = { root, logLevel: 'warn' } as const;
  await build({ ...settings, build: { outDir, emptyOutDir: true, rolldownOptions: { input: join(root, page) } } });
  const server = await preview({
    ...settings,
    build: { outDir },
    preview: { port: 0, host: '127.0.0.1', strictPort: false },
  });
  const [address] = server.resolvedUrls?.local ?? [];
  if (address === undefined) throw new Error('the build is not served anywhere');
  return {
    url: page === 'index.html' ? address : new URL(page, address).href,
    close: async () => {
      await server.close();
      rmSync(outDir, { recursive: true, force: true });
    },
  };
}
