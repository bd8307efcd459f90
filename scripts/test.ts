/** `npm test`: unit tests, then browser tests. The second half runs although the first failed: one run tells all. */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { readArguments } from './command-line.ts';

readArguments(import.meta.url, { options: {} });
rmSync('reports/vitest.json', { force: true });
rmSync('reports/playwright.json', { force: true });
const results = ['test:unit', 'test:e2e'].map(
  (name) =>
    spawnSync('npm', ['run', '--silent', name], { stdio: 'inherit', shell: process.platform === 'win32' }).status,
);
process.exitCode = results.every((status) => status === 0) ? 0 : 1;
