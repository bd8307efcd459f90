/** The models of a folder that run on WebAssembly, with their goldens: what a runtime is trimmed for. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCatalog } from '#model/catalog';
import { readGoldens } from '#model/goldens';
import type { Golden } from '#model/goldens';
import { fileFor, readManifest } from '#model/manifest';
import { expandPacked } from '#model/packed';
import type { ModelGraph } from '../../src/inference/backends/backend.ts';

export type ServedModel = {
  /** Of the file as it travels: what the manifest names it by, and a device knows before it opens it. */
  readonly sha256: string;
  readonly graph: ModelGraph;
  readonly goldens: readonly Golden[];
};

/** Files that say what models there are; a folder that is not there has none. In an order that does not change. */
export function manifestsOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /(^|[\\/])manifest\.json$/.test(path))
    .toSorted()
    .map((path) => join(folder, path));
}

/** A package that cannot be read is left out: it is for model:verify to say what is wrong with it, and no reason not to build. */
export function servedModels(folder: string): readonly ServedModel[] {
  return manifestsOf(folder).flatMap((path) => {
    try {
      return [readPackage(path)].filter((model) => model !== null);
    } catch {
      return [];
    }
  });
}

/** SHA-256 of the file that WebAssembly runs of the one version that the folder's catalog serves everybody; null without one. */
export function modelForAll(folder: string): string | null {
  const path = join(folder, 'catalog.json');
  if (!existsSync(path)) return null;
  try {
    const { models, serves } = readCatalog(JSON.parse(readFileSync(path, 'utf8')));
    const shared = models.find(({ id }) => id === serves)?.versions.filter(({ share }) => share > 0) ?? [];
    const [only] = shared;
    if (only === undefined || shared.length > 1) return null;
    return readPackage(join(folder, only.manifest))?.sha256 ?? null;
  } catch {
    return null;
  }
}

function readPackage(path: string): ServedModel | null {
  const manifest = readManifest(JSON.parse(readFileSync(path, 'utf8')));
  const file = fileFor(manifest, 'wasm');
  if (file === null) return null;
  const folder = join(path, '..');
  const bytes = new Uint8Array(readFileSync(join(folder, file.path)));
  const { goldens } = readGoldens(JSON.parse(readFileSync(join(folder, manifest.goldens.path), 'utf8')), manifest);
  const { inputs, outputs, preprocess } = manifest;
  const graph = {
    bytes: file.role === 'packed' ? expandPacked(bytes, file.expanded.bytes) : bytes,
    size: preprocess.size,
    inputs: { picture: inputs.picture.name, line: inputs.line?.name ?? null },
    outputs: { logits: outputs.logits.name, embedding: outputs.embedding?.name ?? null },
  };
  return { sha256: file.sha256, graph, goldens };
}
