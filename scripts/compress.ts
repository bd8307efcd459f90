/** `npm run compress [-- --dist folder]`: a .br and a .gz beside each file of a build. `npm run build` does it too. */
import { fileURLToPath } from 'node:url';
import { compressFolder } from '../deploy/compress.ts';
import { mustBeBuilt, readArguments } from './command-line.ts';

const root = (path: string): string => fileURLToPath(new URL(`../${path}`, import.meta.url));
const { values } = readArguments(import.meta.url, { options: { dist: { type: 'string', default: root('dist') } } });
mustBeBuilt(values.dist);
console.log('Compressing; minutes the first time, seconds with .cache/compressed ...');
const { files, from, to } = await compressFolder(values.dist, root('.cache/compressed'));
console.log(`${files} files compressed: ${from} bytes are ${to} by brotli`);
