import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { Plugin } from 'vite';
import { readCatalog } from '#model/catalog';
import { fileFor, readManifest } from '#model/manifest';
import { readEnvelope } from '#model/signature';
import type { ServedFiles } from '../src/inference/foresight.ts';

const ID = 'virtual:served-files';
const CATALOG = 'models/catalog.json';

/**
 * `virtual:served-files` for the engine's thread: what a first visit to this build will fetch. Declared in src/env.d.ts.
 * Null in a site without models, and where devices differ in what they are served.
 */
export function servedFiles(): Plugin {
  let folder = '';
  return {
    name: 'ktav:served-files',
    configResolved({ publicDir }) {
      folder = publicDir;
    },
    resolveId: (id) => (id === ID ? `\0${ID}` : null),
    load: (id) => (id === `\0${ID}` ? `export const served = ${JSON.stringify(servedFilesOf(folder))};` : null),
  };
}

/** folder: with models/catalog.json in it. What cannot be read is for model:verify to tell, and no reason not to build. */
export function servedFilesOf(folder: string): ServedFiles | null {
  const path = join(folder, CATALOG);
  if (folder === '' || !existsSync(path)) return null;
  try {
    const { models, serves } = readCatalog(jsonAt(path));
    const shared = models.find(({ id }) => id === serves)?.versions.filter(({ share }) => share > 0) ?? [];
    const [only] = shared;
    if (only === undefined || shared.length > 1) return null;
    const manifest = posix.join(dirname(CATALOG), only.manifest);
    const parts = readManifest(jsonAt(join(folder, manifest)));
    const beside = (file: { readonly path: string }): string => posix.join(dirname(manifest), file.path);
    const [webgl, wasm] = [fileFor(parts, 'webgl'), fileFor(parts, 'wasm')];
    return {
      catalog: CATALOG,
      signers: signersOf(`${path}.sig`),
      manifest,
      goldens: beside(parts.goldens),
      webgl: webgl === null ? null : beside(webgl),
      wasm: wasm === null ? null : beside(wasm),
    };
  } catch {
    return null;
  }
}

const jsonAt = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const signersOf = (path: string): readonly string[] =>
  existsSync(path) ? readEnvelope(readFileSync(path), path).signatures.map(({ key }) => key) : [];
