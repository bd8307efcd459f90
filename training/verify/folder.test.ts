import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { hashOf, packageFiles, spoilt, utf8 } from '#model/package.fixture';
import type { Json } from '#model/package.fixture';
import { modelOf, node, text } from '#model/onnx.fixture';
import { verifyFolder } from './folder.ts';
import { wordsOfReport } from './table.ts';

const V = 'fixture/1.0.0';
type Files = Record<string, Uint8Array<ArrayBuffer>>;
const folders: string[] = [];

function folderOf(files: Files): string {
  const folder = mkdtempSync(join(tmpdir(), 'ktav-verify-'));
  folders.push(folder);
  for (const [path, bytes] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}
afterAll(() => folders.forEach((folder) => rmSync(folder, { recursive: true, force: true })));

const parse = (files: Files, path: string): Json => JSON.parse(new TextDecoder().decode(files[path])) as Json;

/** Changes the manifest and tells the catalog, so that what is found is the change and not its hash. */
function withManifest(files: Files, path: string, value: unknown): Files {
  const manifest = utf8(spoilt(parse(files, `${V}/manifest.json`), path, value));
  const catalog = parse(files, 'catalog.json');
  spoilt(catalog, 'models.0.versions.0.manifestSha256', hashOf(manifest));
  spoilt(catalog, 'models.0.versions.0.manifestBytes', manifest.length);
  return { ...files, [`${V}/manifest.json`]: manifest, 'catalog.json': utf8(catalog) };
}

/** Replaces a file and tells the manifest about it, under the key that describes it. */
function withFile(files: Files, file: string, key: string, bytes: Uint8Array<ArrayBuffer>): Files {
  const told = withManifest(withManifest(files, `${key}.bytes`, bytes.length), `${key}.sha256`, hashOf(bytes));
  return { ...told, [`${V}/${file}`]: bytes };
}

const flip = (bytes: Uint8Array<ArrayBuffer> | undefined, at: number): Uint8Array<ArrayBuffer> =>
  (bytes ?? new Uint8Array()).map((byte, index) => (index === at ? byte ^ 64 : byte));
const without = (files: Files, path: string): Files =>
  Object.fromEntries(Object.entries(files).filter(([name]) => name !== path));
const goldensWith = (files: Files, path: string, value: unknown): Files =>
  withFile(files, 'goldens.json', 'goldens', utf8(spoilt(parse(files, `${V}/goldens.json`), path, value)));

describe('a folder of packages that is in order', () => {
  it('passes, int8 to the bit and fp32 within its bound', async () => {
    const report = await verifyFolder(folderOf(packageFiles));
    expect(report.findings).toEqual([]);
    expect(report.rows.map(({ file, goldens }) => [file, goldens])).toEqual([
      ['int8', 6],
      ['fp32-packed', 6],
    ]);
    expect(report.rows[0]?.largestError).toBe(0);
    expect(wordsOfReport(report)).toContain('All 2 model files are in order.');
  });
});

describe('the packages that are served', () => {
  it('are in order', async () => {
    const { findings } = await verifyFolder(fileURLToPath(new URL('../../public/models', import.meta.url)));
    expect(findings).toEqual([]);
  });
});

describe('a planted fault', () => {
  const files: Files = { ...packageFiles };
  const onnx = files[`${V}/int8.onnx`];
  const logit = Number(parse(files, `${V}/goldens.json`)['goldens']?.['0']?.['expected']?.['int8']?.['logits']?.['0']);
  it.each<[fault: string, planted: Files, where: string, words: string]>([
    ['no catalog', without(files, 'catalog.json'), 'catalog.json', 'is missing'],
    ['a catalog that is no JSON', { ...files, 'catalog.json': Uint8Array.of(123) }, 'catalog.json', 'JSON'],
    [
      'a catalog of the future',
      { ...files, 'catalog.json': utf8(spoilt(parse(files, 'catalog.json'), 'schemaVersion', 2)) },
      'catalog.json',
      'this app reads 1',
    ],
    ['a missing manifest', without(files, `${V}/manifest.json`), `${V}/manifest.json`, 'is missing'],
    [
      'a manifest that the catalog does not know',
      { ...files, [`${V}/manifest.json`]: flip(files[`${V}/manifest.json`], 9) },
      `${V}/manifest.json`,
      'has SHA-256',
    ],
    ['an unknown schema version', withManifest(files, 'schemaVersion', 2), `${V}/manifest.json`, 'this app reads 1'],
    [
      'another version than the catalog says',
      withManifest(files, 'version', '1.0.1'),
      `${V}/manifest.json`,
      'the catalog says fixture 1.0.0',
    ],
    ['fewer labels than outputs', withManifest(files, 'labels.2', undefined), `${V}/manifest.json`, 'labels'],
    ['a missing model file', without(files, `${V}/int8.onnx`), `${V}/int8.onnx`, 'is missing'],
    ['a flipped bit in the model', { ...files, [`${V}/int8.onnx`]: flip(onnx, 3000) }, `${V}/int8.onnx`, 'has SHA-256'],
    [
      'a model that lost its end',
      { ...files, [`${V}/int8.onnx`]: (onnx ?? new Uint8Array()).slice(0, 3000) },
      `${V}/int8.onnx`,
      'is 3000 bytes',
    ],
    [
      'other weights under a right hash',
      withFile(files, 'fp32.ktp', 'files.1', flip(files[`${V}/fp32.ktp`], 600)),
      `${V}/fp32.ktp`,
      'expands to a file with SHA-256',
    ],
    [
      'an expanded size that is wrong',
      withManifest(files, 'files.1.expanded.bytes', 5),
      `${V}/fp32.ktp`,
      'the manifest says 5',
    ],
    ['a model that is text', withFile(files, 'int8.onnx', 'files.0', utf8('hello')), `${V}/int8.onnx`, 'ONNX file'],
    [
      'a model that calls an operator of its own',
      withFile(files, 'int8.onnx', 'files.0', modelOf([node('Relu', text(7, 'own'))])),
      `${V}/int8.onnx`,
      'uses the operator "own.Relu"',
    ],
    [
      'an input of another name',
      withManifest(files, 'inputs.picture.name', 'image'),
      `${V}/int8.onnx`,
      'the manifest says image, line',
    ],
    [
      'an embedding of another length',
      withManifest(files, 'outputs.embedding.shape', ['N', 9]),
      `${V}/int8.onnx`,
      'the manifest says 9',
    ],
    [
      'goldens with a flipped bit',
      { ...files, [`${V}/goldens.json`]: flip(files[`${V}/goldens.json`], 99) },
      `${V}/goldens.json`,
      'has SHA-256',
    ],
    [
      'a label without a golden',
      goldensWith(goldensWith(files, 'goldens.4', undefined), 'goldens.5', undefined),
      `${V}/goldens.json`,
      'goldens',
    ],
    [
      'an expected logit that is off',
      goldensWith(files, 'goldens.0.expected.int8.logits.0', logit + 1e-4),
      `${V}/int8.onnx`,
      'golden 0 (vav): off by',
    ],
    ['no model card', without(files, `${V}/MODEL_CARD.md`), `${V}/MODEL_CARD.md`, 'is missing'],
    [
      'a version that is in no catalog',
      { ...files, 'fixture/0.9.0/manifest.json': utf8({}) },
      'fixture/0.9.0/manifest.json',
      'is not in the catalog',
    ],
  ])('is found: %s', async (_, planted, where, words) => {
    const { findings } = await verifyFolder(folderOf(planted));
    expect(findings.map(({ where }) => where)).toContain(where);
    expect(findings.map(({ what }) => what).join('\n')).toContain(words);
    expect(wordsOfReport({ rows: [], findings })).toMatch(/wrong:\n {2}\S/);
  });
});
