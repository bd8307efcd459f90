/**
 * Signs the list of models, so that devices take it: `npm run model:sign`. After every change of catalog.json, and before
 * the last signature is past its date. `npm run model:sign -- --new-key` makes a key. docs/security.md tells the whole.
 *
 *   --models FOLDER   with catalog.json; public/models
 *   --key FILE        a private key; may be given twice while one key takes over from another. Default: KTAV_SIGNING_KEY,
 *                     else ../keys/ktav-models.pem beside the repository
 *   --days N          how long the signature is good; 365
 *   --revision N      instead of the one after the last signature's
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readArguments } from '../scripts/command-line.ts';
import { keyOf, newKey, publicKeyOf, revisionOf, signCatalog } from './sign-catalog.ts';

const repository = fileURLToPath(new URL('..', import.meta.url));
const { values } = readArguments(import.meta.url, {
  options: {
    'new-key': { type: 'boolean', default: false },
    models: { type: 'string', default: join(repository, 'public/models') },
    key: { type: 'string', multiple: true },
    days: { type: 'string', default: '365' },
    revision: { type: 'string' },
  },
});
const keyFiles = (values.key ?? [process.env['KTAV_SIGNING_KEY'] ?? join(repository, '../keys/ktav-models.pem')]).map(
  (path) => resolve(path),
);

try {
  if (values['new-key']) for (const path of keyFiles) makeKey(path);
  else signFolder(resolve(values.models));
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

function makeKey(path: string): void {
  if (existsSync(path)) throw new Error(`${path} is there already: name another file, or move it away.`);
  if (!relative(repository, path).startsWith('..')) {
    throw new Error(`${path} lies in the repository, where a private key would be committed one day: use --key.`);
  }
  const { pem, publicKey } = newKey();
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  writeFileSync(path, pem, { mode: 0o600, flag: 'wx' });
  // On its own line and stream, for scripts.
  console.log(publicKey);
  console.error(`The private half is in ${path}: keep it, show it to nobody. The public half is the line above.`);
  console.error(
    'Put it into config.json, "modelKeys": ["..."], or for the project itself into src/model/trusted-keys.ts.',
  );
}

function signFolder(models: string): void {
  const keys = keyFiles.map((path) => {
    if (!existsSync(path)) throw new Error(`There is no key at ${path}. Make one: npm run model:sign -- --new-key`);
    return keyOf(readFileSync(path, 'utf8'));
  });
  const days = Number(values.days);
  if (!(days > 0 && days <= 3660)) throw new Error('--days must be from 1 to 3660.');
  const [catalog, signature] = [join(models, 'catalog.json'), join(models, 'catalog.json.sig')];
  const before = existsSync(signature) ? readFileSync(signature) : null;
  const made = signCatalog(Uint8Array.from(readFileSync(catalog)), {
    keys,
    before,
    days,
    now: Date.now(),
    ...(values.revision === undefined ? {} : { revision: Number(values.revision) }),
  });
  writeFileSync(signature, made);
  const by = keys.map((key) => publicKeyOf(key).slice(0, 8)).join(' and ');
  console.log(`${signature}: revision ${revisionOf(made)}, good for ${days} days, by ${by}.`);
}
