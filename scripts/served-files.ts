import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix } from 'node:path';
import type { Plugin } from 'vite';
import { readCatalog } from '#model/catalog';
import { fileFor, readManifest } from '#model/manifest';
import { expandPacked } from '#model/packed';
import { readEnvelope } from '#model/signature';
import { withAnyBatch } from '../src/inference/backends/batch-axis.ts';
import { withReluApart } from '../src/inference/backends/relu-apart.ts';
import { weightsApart } from '../src/inference/backends/weights-apart.ts';
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
    load(id) {
      if (id !== `\0${ID}`) return null;
      const served = servedFilesOf(folder);
      const graph = served === null ? null : webglGraphOf(folder, served);
      return `export const served = ${JSON.stringify(served)};\nexport const webglGraph = ${JSON.stringify(graph)};`;
    },
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

/** The graph without weights that WebGL compiles on a first visit while they are on their way, in base64. */
export function webglGraphOf(folder: string, { manifest, webgl }: ServedFiles): string | null {
  const file = webgl === null ? null : fileFor(readManifest(jsonAt(join(folder, manifest))), 'webgl');
  if (webgl === null || file === null) return null;
  const bytes = new Uint8Array(readFileSync(join(folder, webgl)));
  const model = file.role === 'packed' ? expandPacked(bytes, file.expanded.bytes) : bytes;
  const apart = weightsApart(withReluApart(withAnyBatch(model)));
  return apart === null ? null : Buffer.from(apart.graph).toString('base64');
}

const jsonAt = (path: string): unknown => JSON.parse(readFileSync(path, 'utf8'));
const signersOf = (path: string): readonly string[] =>
  existsSync(path) ? readEnvelope(readFileSync(path), path).signatures.map(({ key }) => key) : [];
