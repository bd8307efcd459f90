/**
 * `npm run e2e:engines [-- --rounds N] [--only TEXT]`: the main path in Chromium, Firefox and WebKitGTK, and whether
 * all three answer alike. With the server gone the page is loaded N times in each, 3 times where nothing is said.
 * KTAV_DIST names a build that is there already.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments, wholeNumber } from './command-line.ts';

const { values } = readArguments(import.meta.url, {
  options: { rounds: { type: 'string', default: '3' }, only: { type: 'string' } },
});
const rounds = wholeNumber('--rounds', values.rounds, 999);
rmSync('reports/engines.json', { force: true });
const run = (args: readonly string[], env = process.env): number =>
  spawnSync('npx', ['--no-install', ...args], { stdio: 'inherit', env }).status ?? 1;

const given = process.env['KTAV_DIST'];
const dist = given ?? mkdtempSync(join(tmpdir(), 'ktav-dist-'));
const built = given === undefined ? run(['vite', 'build', '--outDir', dist, '--logLevel', 'warn']) : 0;
const only = values.only === undefined ? [] : ['-t', values.only];
const tests = ['vitest', 'run', '-c', 'e2e/engines/vitest.config.ts', ...only];
const env = { ...process.env, KTAV_DIST: dist, KTAV_OFFLINE_ROUNDS: String(rounds) };
process.exitCode = built === 0 ? run(tests, env) : built;
if (given === undefined) rmSync(dist, { recursive: true, force: true });
