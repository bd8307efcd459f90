/**
 * `npm run publish:folder -- --host cloudflare|firebase|netlify|pages --out FOLDER [--dist dist] [--config config.json]
 * [--connect https://models.example.org]...`: the folder that a static host is given. It uploads nothing.
 */
import { hosts, isHost } from '../deploy/static/hosts.ts';
import { publish } from '../deploy/static/publish.ts';
import { misused, mustBeBuilt, mustExist, readArguments } from './command-line.ts';

const { values } = readArguments(import.meta.url, {
  options: {
    host: { type: 'string', default: '' },
    out: { type: 'string' },
    dist: { type: 'string', default: 'dist' },
    config: { type: 'string' },
    connect: { type: 'string', multiple: true, default: [] },
  },
});
const { host, out, dist, config, connect } = values;
if (!isHost(host) || out === undefined) {
  misused(`--host is one of ${Object.keys(hosts).join(', ')}; --out names the folder to make.`);
}
mustBeBuilt(dist);
if (config !== undefined) mustExist('--config', config);
const leftOut = publish({ dist, out, host, connect, config });
for (const { path, bytes } of leftOut) console.log(`left out, ${bytes} bytes are more than ${host} takes: ${path}`);
console.log(`${out} is what ${host} is given.`);
