import * as z from 'zod/mini';
import type { LINE_CUE_LENGTH } from '#glyph/spec';
import { ModelError } from './error.ts';
import { problemsOfManifest } from './manifest-rules.ts';
import { PreprocessSchema } from './preprocess.ts';
import {
  BACKENDS,
  LongText,
  Positive,
  Probability,
  readWith,
  RelativePath,
  SchemaVersion,
  Semver,
  Sha256,
  Slug,
  Text,
  Title,
  whole,
} from './schema.ts';
import type { Read } from './schema.ts';
import { compareVersions } from './version.ts';

/** Bytes, of a file as it travels or as it is after unpacking. More than this is a mistake, not a model for a phone. */
const MAX_FILE_BYTES = 64 * 1024 * 1024;

const lineCueLength: typeof LINE_CUE_LENGTH = 4;

const Bytes = whole(1, MAX_FILE_BYTES);
const fileBase = {
  name: Slug,
  path: RelativePath,
  bytes: Bytes,
  sha256: Sha256,
  precision: z.enum(['int8-qdq', 'fp32']),
  backends: z.array(z.enum(BACKENDS)).check(z.minLength(1), z.maxLength(BACKENDS.length)),
};
const ModelFile = z.discriminatedUnion('role', [
  z.strictObject({ ...fileBase, role: z.literal('onnx') }),
  /** See packed.ts. bytes and sha256 are of the packed file, expanded of the ONNX file that it becomes. */
  z.strictObject({
    ...fileBase,
    role: z.literal('packed'),
    expanded: z.strictObject({ bytes: Bytes, sha256: Sha256 }),
  }),
]);

const Label = z.strictObject({
  name: Slug,
  /** What is shown large: one letter, or whatever stands for this class. */
  letter: z.string().check(z.minLength(1), z.maxLength(16)),
  /** Name of the label whose form at the end of a word this is. */
  finalOf: z.exactOptional(Slug),
  title: Title,
});

const side = whole(8, 512);
const Inputs = z.strictObject({
  picture: z.strictObject({ name: Text, shape: z.tuple([z.literal('N'), z.literal(1), side, side]) }),
  line: z.nullable(z.strictObject({ name: Text, shape: z.tuple([z.literal('N'), z.literal(lineCueLength)]) })),
});

const Output = z.strictObject({ name: Text, shape: z.tuple([z.literal('N'), whole(1, 65_536)]) });
const Outputs = z.strictObject({ logits: Output, embedding: z.nullable(Output) });

const CalibrationValues = {
  /** probabilities = softmax(logits / temperature). */
  temperature: Positive,
  /** Below this top probability the answer is "not sure". */
  unsure: z.strictObject({ minProbability: Probability }),
  /** Below minEnergy it is no letter at all: energy = logsumexp(logits), not divided by the temperature. */
  reject: z.strictObject({
    score: z.literal('energy'),
    minEnergy: z.number(),
    /** Letters that it turns away, and non-letters that it lets through, as parts of 1, where it was fitted. */
    falseAlarmRate: Probability,
    missRate: Probability,
  }),
};
const Calibration = z.strictObject({
  ...CalibrationValues,
  /** By file name, where one precision needs numbers of its own. */
  byFile: z.exactOptional(z.record(Slug, z.strictObject(CalibrationValues))),
});

/** counts[i] of the values in edges[i] <= value < edges[i + 1]; the first and last bin also hold what lies outside. */
const Histogram = z.strictObject({
  edges: z.array(z.number()).check(z.minLength(2), z.maxLength(257)),
  counts: z.array(whole(0, 1e9)).check(z.minLength(1), z.maxLength(256)),
});

/** What predictions on held-out writers look like: the yardstick for drift. */
const Baseline = z.strictObject({
  labelFrequencies: z.record(Slug, Probability),
  topProbability: Histogram,
  energy: Histogram,
  /** Second feature of the line cue: height of the ink in heights of the writing line. */
  inkHeight: Histogram,
});

const Metric = z.strictObject({
  /** Which pictures: "forms, writers 49-60". */
  set: Text,
  size: whole(1, 1e9),
  /** Whether the model was told the writing line. */
  lineCue: z.boolean(),
  /** Name of the file that was measured; without it, the reference model. */
  file: z.exactOptional(Slug),
  top1: Probability,
  top3: Probability,
  ece: z.exactOptional(Probability),
  perLabel: z.exactOptional(z.record(Slug, Probability)),
});

const Provenance = z.strictObject({
  data: z
    .array(z.strictObject({ name: Text, licence: Text, citation: LongText, url: z.exactOptional(Text) }))
    .check(z.minLength(1)),
  codeCommit: Text,
  trainingCommand: LongText,
  splits: LongText,
  seed: whole(0, 2 ** 32 - 1),
});

/** The shape of manifest.json. Published as public/models/manifest.schema.json; `npm run model:schemas` writes it. */
export const ManifestSchema = z.strictObject({
  schemaVersion: SchemaVersion,
  id: Slug,
  version: Semver,
  title: Title,
  task: z.literal('image-classification'),
  createdAt: z.iso.datetime({ offset: true }),
  minimumAppVersion: Semver,
  files: z.array(ModelFile).check(z.minLength(1), z.maxLength(16)),
  labels: z.array(Label).check(z.minLength(2), z.maxLength(4096)),
  preprocess: PreprocessSchema,
  inputs: Inputs,
  outputs: Outputs,
  calibration: Calibration,
  goldens: z.strictObject({ path: RelativePath, bytes: Bytes, sha256: Sha256 }),
  baseline: Baseline,
  metrics: z.array(Metric).check(z.minLength(1), z.maxLength(256)),
  provenance: Provenance,
  licence: Text,
});

export type Manifest = Read<typeof ManifestSchema>;
export type ModelFile = Read<typeof ModelFile>;
export type Label = Read<typeof Label>;
export type Histogram = Read<typeof Histogram>;
export type Calibration = Omit<Manifest['calibration'], 'byFile'>;
/** An execution provider of ONNX Runtime Web. */
export type Backend = (typeof BACKENDS)[number];

/**
 * Reads a manifest that came from outside. Throws ModelError 'manifest-invalid' with the place and the reason:
 * wrong shape, unknown schemaVersion or key, doubled labels or files, numbers that contradict one another.
 * Throws 'app-too-old' where the manifest asks for a newer app than appVersion, whatever else is in it: what this app
 * does not know may be just what the newer one brings. Null asks nothing of the app.
 */
export function readManifest(value: unknown, appVersion: string | null = null): Manifest {
  const needs = z.safeParse(z.looseObject({ minimumAppVersion: Semver }), value);
  if (appVersion !== null && needs.success && compareVersions(appVersion, needs.data.minimumAppVersion) < 0) {
    const message = `this model needs version ${needs.data.minimumAppVersion} of the app, and this is ${appVersion}`;
    throw new ModelError('app-too-old', 'manifest.minimumAppVersion', message);
  }
  return readWith(ManifestSchema, value, 'manifest', 'manifest-invalid', problemsOfManifest);
}

/** The numbers that turn this file's logits into an answer. */
export function calibrationOf(manifest: Manifest, fileName: string): Calibration {
  return manifest.calibration.byFile?.[fileName] ?? manifest.calibration;
}

/** The first file that may run on a backend, in the order of the manifest, or null. */
export function fileFor(manifest: Manifest, backend: Backend): ModelFile | null {
  return manifest.files.find((file) => file.backends.includes(backend)) ?? null;
}
