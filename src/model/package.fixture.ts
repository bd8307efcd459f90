import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * The small package of the verifier's tests: three labels, real ONNX, random weights; training/verify/fixture/make.py
 * made it. Its preprocess spec is brought up to date here, so that a new number in the spec needs no new fixture.
 */
const root = new URL('../../training/verify/fixture/models/', import.meta.url);
const bytesOf = (path: string): Uint8Array<ArrayBuffer> => Uint8Array.from(readFileSync(new URL(path, root)));
const jsonOf = (url: URL): Json => JSON.parse(readFileSync(url, 'utf8')) as Json;
export const utf8 = (value: unknown): Uint8Array<ArrayBuffer> => new TextEncoder().encode(JSON.stringify(value));
export const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

const preprocess = jsonOf(new URL('../../../preprocess.json', root));
const manifest = utf8({
  ...jsonOf(new URL('fixture/1.0.0/manifest.json', root)),
  preprocess: { ...preprocess, size: 16, inkSize: 12 },
});
const catalog = jsonOf(new URL('catalog.json', root));
spoilt(catalog, 'models.0.versions.0.manifestSha256', hashOf(manifest));
spoilt(catalog, 'models.0.versions.0.manifestBytes', manifest.length);

/** Path below the models folder → bytes. */
export const packageFiles: Readonly<Record<string, Uint8Array<ArrayBuffer>>> = {
  'catalog.json': utf8(catalog),
  'fixture/1.0.0/manifest.json': manifest,
  ...Object.fromEntries(
    ['goldens.json', 'int8.onnx', 'fp32.ktp', 'MODEL_CARD.md'].map((file) => [
      `fixture/1.0.0/${file}`,
      bytesOf(`fixture/1.0.0/${file}`),
    ]),
  ),
};

/** A fresh, mutable copy of a document of the package. Tests spoil it in one place. */
export function document(name: 'catalog' | 'manifest' | 'goldens'): Json {
  const path = name === 'catalog' ? 'catalog.json' : `fixture/1.0.0/${name}.json`;
  return JSON.parse(new TextDecoder().decode(packageFiles[path])) as Json;
}

export type Json = { [key: string]: Json };

/** Puts a value at a path such as "files.0.sha256", or takes the key out when the value is undefined. */
export function spoilt(document: Json, path: string, value: unknown): Json {
  const keys = path.split('.');
  const last = keys.pop() ?? '';
  const parent = keys.reduce<Json>((at, key) => at[key] ?? {}, document);
  if (value === undefined) delete parent[last];
  else parent[last] = value as Json;
  return document;
}
