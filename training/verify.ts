/**
 * `npm run model:verify [-- FOLDER]`: checks every model package that would be served, by the code that reads it in the
 * app and by onnxruntime-node, and that devices would take the catalog's signature. Another folder is checked before it is
 * signed, so there the signature is left out. Exits with 1 when anything is wrong.
 */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { trustedKeys } from '#model/trusted-keys';
import { readConfig } from '#app/config';
import { readArguments } from '../scripts/command-line.ts';
import { verifyFolder } from './verify/folder.ts';
import { verifySignature } from './verify/signature.ts';
import { wordsOfReport } from './verify/table.ts';

const served = new URL('../public/', import.meta.url);
const [folder] = readArguments(import.meta.url, { options: {}, allowPositionals: true }).positionals;
const { rows, findings } = await verifyFolder(folder ?? fileURLToPath(new URL('models', served)));
const all = [...(folder === undefined ? await signatureServed() : []), ...findings];
console.log(wordsOfReport({ rows, findings: all }));
if (all.length > 0) process.exitCode = 1;

async function signatureServed() {
  const { config } = readConfig(JSON.parse(readFileSync(new URL('config.json', served), 'utf8')));
  if (config.environment === 'development') return [];
  return verifySignature(fileURLToPath(new URL('models', served)), config.modelKeys ?? trustedKeys, Date.now());
}
