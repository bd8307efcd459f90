/**
 * `npm run smoke -- --address https://staging.example.org/ --config deploy/environments/staging.json [--dist dist]
 * [--connect https://models.example.org]...`: whether a build is served there, byte by byte and header by header.
 */
import { smoke } from '../deploy/smoke.ts';
import { misused, mustBeBuilt, mustExist, readArguments } from './command-line.ts';

const { values } = readArguments(import.meta.url, {
  options: {
    address: { type: 'string', default: '' },
    dist: { type: 'string', default: 'dist' },
    config: { type: 'string', default: 'public/config.json' },
    connect: { type: 'string', multiple: true, default: [] },
  },
});
const { address, dist, config, connect } = values;
if (!URL.canParse(address) || !address.endsWith('/')) {
  misused('--address is where the page is, with a slash at its end: https://ktav.example.org/');
}
mustBeBuilt(dist);
mustExist('--config', config);
const problems = await smoke(AbortSignal.timeout(300_000), { address, dist, config, connect });
for (const problem of problems) console.error(problem);
console.log(
  problems.length === 0 ? `${address} serves this build as it should` : `${problems.length} things are wrong`,
);
process.exit(problems.length === 0 ? 0 : 1);
