/**
 * `npm run faults [-- --kills N] [--seed N] [--only TEXT]`: browsers that are killed while they save and send, real
 * targets behind a proxy that does harm, and the rules that targets keep. 60 kills where nothing is said.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { readArguments, wholeNumber } from './command-line.ts';

const { values } = readArguments(import.meta.url, {
  options: { kills: { type: 'string', default: '60' }, seed: { type: 'string' }, only: { type: 'string' } },
});
for (const [name, text] of [
  ['--kills', values.kills],
  ['--seed', values.seed ?? '1'],
] as const) {
  wholeNumber(name, text, 999_999_999);
}
rmSync('reports/faults.json', { force: true });
const only = values.only === undefined ? [] : ['-t', values.only];
const args = ['--no-install', 'vitest', 'run', '-c', 'e2e/faults/vitest.config.ts', ...only];
const env = {
  ...process.env,
  KTAV_KILLS: values.kills,
  ...(values.seed === undefined ? {} : { KTAV_SEED: values.seed }),
};
const { status } = spawnSync('npx', args, { stdio: 'inherit', env });
process.exitCode = status ?? 1;
