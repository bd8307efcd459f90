import { readCatalog } from '#model/catalog';
import { pictureOf, readGoldens } from '#model/goldens';
import type { Golden, Goldens } from '#model/goldens';
import { readManifest } from '#model/manifest';
import type { Manifest, ModelFile } from '#model/manifest';
import { expandPacked } from '#model/packed';
import type { ModelInput } from '#glyph/tensor';

/** Gives the bytes of a file by its path in public/models/. */
export type ReadBytes = (path: string) => Promise<Uint8Array>;

/** The package that visitors are given. int8 and fp32 are ONNX files, whatever they travelled as. */
export type ServedPackage = {
  readonly manifest: Manifest;
  readonly goldens: Goldens;
  readonly int8: PackedFile;
  readonly fp32: PackedFile;
};
export type Precision = 'int8' | 'fp32';
export type PackedFile = { readonly name: string; readonly onnx: Uint8Array };

/** Reads the version of the catalog's model that most visitors are served. Throws where it lacks one of the files. */
export async function readServedPackage(read: ReadBytes): Promise<ServedPackage> {
  const json = async (path: string): Promise<unknown> => JSON.parse(new TextDecoder().decode(await read(path)));
  const catalog = readCatalog(await json('catalog.json'));
  const versions = catalog.models.find(({ id }) => id === catalog.serves)?.versions ?? [];
  const [entry] = versions.toSorted((a, b) => b.share - a.share);
  if (entry === undefined) throw new Error('the catalog serves nothing');
  const manifest = readManifest(await json(entry.manifest));
  const folder = entry.manifest.slice(0, entry.manifest.lastIndexOf('/') + 1);
  const onnxOf = async (precision: ModelFile['precision']): Promise<PackedFile> => {
    const file = manifest.files.find((one) => one.precision === precision);
    if (file === undefined) throw new Error(`the package has no ${precision} file`);
    const bytes = await read(folder + file.path);
    return { name: file.name, onnx: file.role === 'packed' ? expandPacked(bytes, file.expanded.bytes) : bytes };
  };
  return {
    manifest,
    goldens: readGoldens(await json(folder + manifest.goldens.path), manifest),
    int8: await onnxOf('int8-qdq'),
    fp32: await onnxOf('fp32'),
  };
}

/** `count` letters one behind the other, the goldens from `first` on and around. */
export function inputOfGoldens(goldens: Goldens, first: number, count: number): ModelInput {
  const chosen = chosenOf(goldens, first, count);
  const picture = joined(chosen.map((golden) => Float32Array.from(pictureOf(golden), (value) => value / 255)));
  return { count, picture, line: joined(chosen.map(({ line }) => line)) };
}

/** The logits that a file must give for the same letters, one row behind the other. */
export function expectedLogits(goldens: Goldens, file: string, first: number, count: number): Float32Array {
  return joined(chosenOf(goldens, first, count).map(({ expected }) => expected[file]?.logits ?? []));
}

function chosenOf({ goldens }: Goldens, first: number, count: number): readonly Golden[] {
  const twice = [...goldens, ...goldens];
  const start = first % goldens.length;
  const whole = Array.from({ length: Math.floor(count / goldens.length) }, () => goldens).flat();
  return [...whole, ...twice.slice(start, start + (count % goldens.length))];
}

const joined = (parts: readonly ArrayLike<number>[]): Float32Array =>
  Float32Array.from(parts.flatMap((part) => Array.from(part)));
