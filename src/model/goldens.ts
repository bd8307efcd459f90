import * as z from 'zod/mini';
import type { Manifest } from './manifest.ts';
import { BACKENDS, Positive, readWith, SchemaVersion, Semver, Slug } from './schema.ts';
import type { Problem, Read } from './schema.ts';
import { indexOfLargest } from './verdict.ts';

/**
 * Largest difference of a logit, absolute; 0 asks for the same bits. 'native' is onnxruntime-node, for
 * `npm run model:verify`, where the processor's integer instructions may differ; without it verify says what it takes.
 */
const Tolerance = z.partialRecord(z.enum([...BACKENDS, 'native']), z.union([z.literal(0), Positive]));

const Golden = z.strictObject({
  /** The answer: the label of the largest expected logit, of every file. */
  label: Slug,
  /** The line cue, as lineCue() gives it. */
  line: z.tuple([z.number(), z.number(), z.number(), z.number()]),
  /** Base64 of the raster, size × size bytes, row by row, 0 = paper, 255 = ink; the model reads value / 255. */
  picture: z.string().check(z.regex(/^[A-Za-z0-9+/]+={0,2}$/, 'must be base64')),
  /** By file name. Printed with at least nine digits, so that each number names one float32. */
  expected: z.record(Slug, z.strictObject({ logits: z.array(z.number()) })),
});

/** The shape of goldens.json. Published as public/models/goldens.schema.json; `npm run model:schemas` writes it. */
export const GoldensSchema = z.strictObject({
  schemaVersion: SchemaVersion,
  model: Slug,
  version: Semver,
  /** By file name. A backend that is missing here may not run this file. */
  tolerance: z.record(Slug, Tolerance),
  goldens: z.array(Golden).check(z.minLength(1), z.maxLength(1024)),
});

export type Goldens = Read<typeof GoldensSchema>;
export type Golden = Read<typeof Golden>;

/**
 * Reads goldens that came from outside, for the manifest that names them. Throws ModelError 'manifest-invalid' with
 * the place and the reason: another model's, a picture of the wrong size, a missing label, logits that do not say it.
 */
export function readGoldens(value: unknown, manifest: Manifest): Goldens {
  return readWith(GoldensSchema, value, 'goldens', 'manifest-invalid', (goldens) =>
    problemsOfGoldens(goldens, manifest),
  );
}

/** The raster of a golden: size × size bytes. */
export function pictureOf(golden: Golden): Uint8Array {
  const binary = atob(golden.picture);
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

function problemsOfGoldens(goldens: Goldens, manifest: Manifest): readonly Problem[] {
  const { id, version, labels, files } = manifest;
  const problems: Problem[] = [];
  if (goldens.model !== id) problems.push({ path: ['model'], message: `must be "${id}", the manifest's` });
  if (goldens.version !== version)
    problems.push({ path: ['version'], message: `must be "${version}", the manifest's` });
  const covered = new Set(goldens.goldens.map(({ label }) => label));
  for (const { name } of labels) {
    if (!covered.has(name)) problems.push({ path: ['goldens'], message: `has no input for the label "${name}"` });
  }
  for (const { name, backends } of files) {
    for (const backend of backends) {
      if (goldens.tolerance[name]?.[backend] === undefined) {
        problems.push({ path: ['tolerance', name, backend], message: 'is missing; the manifest runs this file there' });
      }
    }
  }
  goldens.goldens.forEach((golden, index) => {
    problems.push(
      ...problemsOfGolden(golden, manifest).map(({ path, message }) => ({
        path: ['goldens', index, ...path],
        message,
      })),
    );
  });
  return problems;
}

function problemsOfGolden(golden: Golden, { labels, files, preprocess }: Manifest): Problem[] {
  const problems: Problem[] = [];
  const labelIndex = labels.findIndex(({ name }) => name === golden.label);
  if (labelIndex < 0) problems.push({ path: ['label'], message: `"${golden.label}" is no label of the manifest` });
  const area = preprocess.size ** 2;
  const bytes = base64Bytes(golden.picture);
  if (bytes !== area) {
    problems.push({
      path: ['picture'],
      message: `is ${bytes} bytes, and ${preprocess.size} × ${preprocess.size} are ${area}`,
    });
  }
  for (const { name } of files) {
    const logits = golden.expected[name]?.logits;
    const path = ['expected', name];
    if (logits === undefined) problems.push({ path, message: 'is missing' });
    else if (logits.length !== labels.length) {
      problems.push({ path: [...path, 'logits'], message: `has ${logits.length} numbers for ${labels.length} labels` });
    } else if (labelIndex >= 0 && indexOfLargest(logits) !== labelIndex) {
      problems.push({
        path: [...path, 'logits'],
        message: `is largest at "${labels[indexOfLargest(logits)]?.name}", not at the golden's label`,
      });
    }
  }
  return problems;
}

/** Length of what base64 text stands for, or -1 where the text has a length that base64 cannot have. */
function base64Bytes(text: string): number {
  if (text.length % 4 !== 0) return -1;
  return (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
}
