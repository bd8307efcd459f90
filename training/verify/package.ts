import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { CatalogModel, CatalogVersion } from '#model/catalog';
import { readGoldens } from '#model/goldens';
import type { Goldens } from '#model/goldens';
import { readManifest } from '#model/manifest';
import type { Manifest, ModelFile } from '#model/manifest';
import { checkOnnx } from '#model/onnx';
import { expandPacked } from '#model/packed';
import { runGoldens } from './golden-run.ts';
import { wordsOf } from './problem.ts';
import type { Finding, Report, Row } from './problem.ts';

type Sized = { readonly bytes: number; readonly sha256: string };

/** Everything about one version that lies in the folder `root`: the card, the manifest, each file, each golden. */
export async function verifyPackage(root: string, model: CatalogModel, entry: CatalogVersion): Promise<Report> {
  const findings: Finding[] = [];
  const rows: Row[] = [];
  const path = join(root, entry.manifest);
  const folder = join(path, '..');
  const find = (file: string, what: string): void => {
    findings.push({ where: relative(root, file), what });
  };
  const attempt = <T>(file: string, work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      find(file, wordsOf(error));
      return null;
    }
  };

  const promised = { bytes: entry.manifestBytes, sha256: entry.manifestSha256 };
  const manifestBytes = attempt(path, () => readPromised(path, promised, 'the catalog'));
  if (!existsSync(join(folder, 'MODEL_CARD.md'))) find(join(folder, 'MODEL_CARD.md'), 'is missing');
  if (manifestBytes === null) return { rows, findings };
  const manifest = attempt(path, () => readManifest(JSON.parse(manifestBytes.toString('utf8'))));
  if (manifest === null) return { rows, findings };
  if (manifest.id !== model.id || manifest.version !== entry.version) {
    find(path, `is ${manifest.id} ${manifest.version}, and the catalog says ${model.id} ${entry.version}`);
  }

  const goldensPath = join(folder, manifest.goldens.path);
  const goldens = attempt(goldensPath, () => {
    const bytes = readPromised(goldensPath, manifest.goldens, 'the manifest');
    return readGoldens(JSON.parse(bytes.toString('utf8')), manifest);
  });
  for (const file of manifest.files) {
    const filePath = join(folder, file.path);
    const onnx = attempt(filePath, () => onnxOf(filePath, file));
    if (onnx === null) continue;
    const run = await goldenRow(onnx, file, manifest, goldens, (what) => find(filePath, what));
    const { id, version } = manifest;
    rows.push({ model: id, version, status: entry.status, file: file.name, bytes: file.bytes, ...run });
  }
  return { rows, findings };
}

async function goldenRow(
  onnx: Uint8Array,
  file: ModelFile,
  manifest: Manifest,
  goldens: Goldens | null,
  find: (what: string) => void,
): Promise<Pick<Row, 'largestError' | 'allowed' | 'goldens'>> {
  const nothing = { largestError: null, allowed: null, goldens: 0 };
  if (goldens === null) return nothing;
  try {
    const { failures, largestError, allowed } = await runGoldens(onnx, file, manifest, goldens);
    failures.forEach(find);
    return { largestError, allowed, goldens: goldens.goldens.length };
  } catch (error) {
    find(`onnxruntime-node refuses it: ${wordsOf(error)}`);
    return nothing;
  }
}

/** The ONNX bytes of a file, checked as the app checks them. */
function onnxOf(path: string, file: ModelFile): Uint8Array {
  const bytes = readPromised(path, file, 'the manifest');
  const onnx = file.role === 'packed' ? expandPacked(bytes, file.expanded.bytes) : bytes;
  if (file.role === 'packed' && sha256(onnx) !== file.expanded.sha256) {
    throw new Error(`expands to a file with SHA-256 ${sha256(onnx)}, and the manifest says ${file.expanded.sha256}`);
  }
  checkOnnx(onnx);
  return onnx;
}

function readPromised(path: string, promised: Sized, by: string): Buffer {
  if (!existsSync(path)) throw new Error('is missing');
  const bytes = readFileSync(path);
  if (bytes.length !== promised.bytes) throw new Error(`is ${bytes.length} bytes, and ${by} says ${promised.bytes}`);
  const hash = sha256(bytes);
  if (hash !== promised.sha256) throw new Error(`has SHA-256 ${hash}, and ${by} says ${promised.sha256}`);
  return bytes;
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
