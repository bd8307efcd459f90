import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { readCatalog } from '#model/catalog';
import { readManifest } from '#model/manifest';
import { expandPacked } from '#model/packed';

const page = readFileSync(new URL('../../docs/model-package.md', import.meta.url), 'utf8');
const preprocess: unknown = JSON.parse(readFileSync(new URL('../preprocess.json', import.meta.url), 'utf8'));

/** The example behind a fence such as "```json manifest". */
function example(fence: string): string {
  const found = page.split(`\`\`\`${fence}\n`)[1]?.split('```')[0];
  if (found === undefined) throw new Error(`docs/model-package.md has no example "${fence}"`);
  return found;
}

it('reads the manifest of docs/model-package.md', () => {
  const documented = JSON.parse(example('json manifest')) as object;
  expect(readManifest({ ...documented, preprocess }, '0.1.0').labels[2]?.finalOf).toBe('nun');
});

it('reads the catalog of docs/model-package.md', () => {
  expect(readCatalog(JSON.parse(example('json catalog'))).models[0]?.versions).toHaveLength(2);
});

it('expands the packed file of docs/model-package.md', () => {
  const bytes = Uint8Array.from(example('hex packed').trim().split(/\s+/), (pair) => Number.parseInt(pair, 16));
  const expanded = expandPacked(bytes, 10);
  const view = new DataView(expanded.buffer);
  expect(String.fromCharCode(...expanded.subarray(0, 2))).toBe('AB');
  expect([view.getFloat32(2, true), view.getFloat32(6, true)]).toEqual([0.5, -1]);
});
