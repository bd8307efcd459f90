/** `npm run test:firefox [-- SPEC …]`: browser tests in the system's Firefox, which is fetched first where that can be done. */
import { spawnSync } from 'node:child_process';
import { readArguments } from './command-line.ts';
import { findFirefox } from './find-firefox.ts';

// All but --help is Playwright's to judge.
readArguments(import.meta.url, { strict: false, allowPositionals: true });
const env = { ...process.env, KTAV_FIREFOX: findFirefox() };
const args = ['--no-install', 'playwright', 'test', '-c', 'e2e/firefox.config.ts', ...process.argv.slice(2)];
const { status } = spawnSync('npx', args, { stdio: 'inherit', env });
process.exitCode = status ?? 1;
