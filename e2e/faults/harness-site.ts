import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** Builds the page of e2e/harness/faults.html, and nothing of the app around it. */
export async function buildHarness(): Promise<{ readonly folder: string; readonly end: () => void }> {
  const folder = mkdtempSync(join(tmpdir(), 'ktav-harness-'));
  await build({
    configFile: false,
    root,
    base: './',
    publicDir: false,
    logLevel: 'warn',
    define: { __APP_BUILD__: JSON.stringify('0.1.0+faults') },
    build: {
      outDir: folder,
      emptyOutDir: true,
      target: 'es2022',
      modulePreload: { polyfill: false },
      rolldownOptions: { input: join(root, 'e2e/harness/faults.html') },
    },
  });
  return { folder, end: () => rmSync(folder, { recursive: true, force: true }) };
}

export const harnessPath = '/e2e/harness/faults.html';
