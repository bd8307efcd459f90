/**
 * `npm run faults [-- --kills N] [--seed N] [--only TEXT]`: browsers that are killed while they save and send, real
 * targets behind a proxy that does harm, and the rules that targets keep. 60 kills where nothing is said.
 */
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { parseArgs } from 'node:util';

const { values } = parseArgs({
  options: { kills: { type: 'string', default: '60' }, seed: { type: 'string' }, only: { type: 'string' } },
});
for (const [name, text] of [
  ['kills', values.kills],
  ['seed', values.seed ?? '1'],
] as const) {
  if (!/^[1-9]\d{0,8}$/.test(text)) {
    console.error(`--${name} takes a whole number from 1 on, not "${text}".`);
    process.exit(2);
  }
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
