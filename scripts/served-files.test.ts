import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, it } from 'vitest';
import { trustedKeys } from '#model/trusted-keys';
import { inputsOf } from '../src/inference/backends/weights-apart.ts';
import { servedFilesOf, webglGraphOf } from './served-files.ts';

const real = fileURLToPath(new URL('../public', import.meta.url));
const work = mkdtempSync(join(tmpdir(), 'ktav-served-'));
cpSync(join(real, 'models'), join(work, 'models'), { recursive: true });
afterAll(() => rmSync(work, { recursive: true, force: true }));

type Catalog = { readonly models: readonly { readonly versions: { share: number; status: string }[] }[] };
const catalog = join(work, 'models/catalog.json');
const write = (change: (versions: { share: number; status: string }[]) => void): void => {
  const text = JSON.parse(readFileSync(join(real, 'models/catalog.json'), 'utf8')) as Catalog;
  for (const { versions } of text.models) change(versions);
  writeFileSync(catalog, JSON.stringify(text));
};

it('the files of the version that this repository serves, all of which are there', () => {
  const served = servedFilesOf(real);
  const { signers, ...paths } = served ?? { signers: [] };
  expect(signers).toEqual(trustedKeys);
  expect(Object.values(paths)).toHaveLength(5);
  for (const path of Object.values(paths)) expect(existsSync(join(real, path ?? 'none'))).toBe(true);
  expect(served?.webgl).toMatch(/\.packed$/);
});

it('the graph of its model, which takes the picture, the line and all weights', () => {
  const served = servedFilesOf(real);
  const graph = served === null ? null : webglGraphOf(real, served);
  const inputs = inputsOf(Buffer.from(graph ?? '', 'base64')).map(({ name }) => name);
  expect(inputs.slice(0, 2)).toEqual(['picture', 'line']);
  expect(inputs.length).toBeGreaterThan(10);
  expect(served === null ? null : webglGraphOf(real, { ...served, webgl: null })).toBeNull();
});

it('devices that are served different versions have nothing in common to foresee', () => {
  write((versions) => {
    for (const version of versions) Object.assign(version, { share: 0.5, status: 'serving' });
  });
  expect(servedFilesOf(work)).toBeNull();
});

it('a catalog that is none, a site without one, and no folder at all have none', () => {
  writeFileSync(catalog, '{');
  expect(servedFilesOf(work)).toBeNull();
  expect(servedFilesOf(join(work, 'nowhere'))).toBeNull();
  expect(servedFilesOf('')).toBeNull();
});
