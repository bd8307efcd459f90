/**
 * `npm run publish:aws -- --bucket NAME [--dist dist] [--config config.json]`: puts a build into the bucket of
 * deploy/aws/template.json by the AWS CLI, which has the credentials. Safe to run again after it broke off.
 */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { putObject, uploadPlan } from '../deploy/aws/upload-plan.ts';
import { misused, mustBeBuilt, mustExist, readArguments } from './command-line.ts';

const { values } = readArguments(import.meta.url, {
  options: {
    bucket: { type: 'string' },
    dist: { type: 'string', default: 'dist' },
    config: { type: 'string' },
  },
});
const { bucket, dist, config } = values;
if (bucket === undefined) misused('--bucket names the bucket to put the build into.');
mustBeBuilt(dist);
if (config !== undefined) mustExist('--config', config);
const paths = readdirSync(dist, { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile())
  .map((entry) => relative(dist, join(entry.parentPath, entry.name)).split(sep).join('/'));
const plan = uploadPlan(paths);
for (const [at, upload] of plan.entries()) {
  console.log(`${at + 1} of ${plan.length}: ${upload.key}`);
  const own = upload.key === 'config.json' ? config : undefined;
  const args = putObject(bucket, own ?? join(dist, upload.file), upload);
  const { status, error } = spawnSync('aws', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  if (status !== 0) {
    console.error(`aws ended with ${error?.message ?? status}. What is in the bucket serves on; run this again.`);
    process.exit(1);
  }
}
