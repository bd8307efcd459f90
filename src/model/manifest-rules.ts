import type { Histogram, Manifest } from './manifest.ts';
import type { Problem } from './schema.ts';

/** What must hold between the parts of a manifest, each of which has the right shape by itself. */
export function problemsOfManifest(manifest: Manifest): readonly Problem[] {
  return [
    ...problemsOfLabels(manifest),
    ...problemsOfFiles(manifest),
    ...problemsOfShapes(manifest),
    ...problemsOfNames(manifest),
    ...problemsOfBaseline(manifest),
  ];
}

/** A problem for every value that stood in the list before. */
export function doubled(values: readonly string[], pathOf: (index: number) => PropertyKey[]): Problem[] {
  return values.flatMap((value, index) => {
    const first = values.indexOf(value);
    return first < index ? [{ path: pathOf(index), message: `${JSON.stringify(value)} stands here twice` }] : [];
  });
}

function problemsOfLabels({ labels }: Manifest): Problem[] {
  const byName = new Map(labels.map((label) => [label.name, label]));
  const finals = labels.flatMap((label, index): Problem[] => {
    if (label.finalOf === undefined) return [];
    const path = ['labels', index, 'finalOf'];
    const base = byName.get(label.finalOf);
    if (base === undefined) return [{ path, message: `names ${JSON.stringify(label.finalOf)}, which is no label` }];
    if (base === label || base.finalOf !== undefined)
      return [{ path, message: 'must name a label that is no final form' }];
    return [];
  });
  return [
    ...doubled(
      labels.map(({ name }) => name),
      (index) => ['labels', index, 'name'],
    ),
    ...doubled(
      labels.map(({ letter }) => letter),
      (index) => ['labels', index, 'letter'],
    ),
    ...finals,
  ];
}

function problemsOfFiles({ files, goldens }: Manifest): Problem[] {
  const paths = [...files.map(({ path }) => path), goldens.path];
  const pathOf = (index: number) => (index < files.length ? ['files', index, 'path'] : ['goldens', 'path']);
  return [
    ...doubled(
      files.map(({ name }) => name),
      (index) => ['files', index, 'name'],
    ),
    ...doubled(paths, pathOf),
    // Progress is reported by name, the goldens' under theirs.
    ...files.flatMap(({ name }, index): Problem[] =>
      name === 'goldens' ? [{ path: ['files', index, 'name'], message: 'must be another than "goldens"' }] : [],
    ),
    ...files.flatMap(({ backends }, index) => doubled(backends, (at) => ['files', index, 'backends', at])),
    ...files.flatMap(({ role, precision }, index): Problem[] =>
      role === 'packed' && precision !== 'fp32'
        ? [{ path: ['files', index, 'precision'], message: 'must be "fp32": that is what a packed file expands to' }]
        : [],
    ),
  ];
}

function problemsOfShapes({ inputs, outputs, labels, preprocess }: Manifest): Problem[] {
  const problems: Problem[] = [];
  const [, , height, width] = inputs.picture.shape;
  if (height !== preprocess.size || width !== preprocess.size) {
    const message = `is ${height} × ${width}, and preprocess.size says ${preprocess.size}`;
    problems.push({ path: ['inputs', 'picture', 'shape'], message });
  }
  if (outputs.logits.shape[1] !== labels.length) {
    const message = `has ${outputs.logits.shape[1]} columns for ${labels.length} labels`;
    problems.push({ path: ['outputs', 'logits', 'shape'], message });
  }
  if (preprocess.inkSize > preprocess.size) {
    problems.push({ path: ['preprocess', 'inkSize'], message: `is larger than size, ${preprocess.size}` });
  }
  return problems;
}

/** Places that speak of labels and files by name. */
function problemsOfNames({ labels, files, calibration, baseline, metrics }: Manifest): Problem[] {
  const labelNames = labels.map(({ name }) => name);
  const fileNames = files.map(({ name }) => name);
  const strangers = (names: readonly string[], known: readonly string[], path: PropertyKey[], kind: string) =>
    names
      .filter((name) => !known.includes(name))
      .map((name): Problem => ({ path: [...path, name], message: `names no ${kind} of this manifest` }));
  return [
    ...strangers(Object.keys(calibration.byFile ?? {}), fileNames, ['calibration', 'byFile'], 'file'),
    ...strangers(Object.keys(baseline.labelFrequencies), labelNames, ['baseline', 'labelFrequencies'], 'label'),
    ...metrics.flatMap(({ file, perLabel }, index) => [
      ...strangers(file === undefined ? [] : [file], fileNames, ['metrics', index, 'file'], 'file'),
      ...strangers(Object.keys(perLabel ?? {}), labelNames, ['metrics', index, 'perLabel'], 'label'),
    ]),
    ...metrics.flatMap(({ top1, top3 }, index): Problem[] =>
      top3 < top1 ? [{ path: ['metrics', index, 'top3'], message: `cannot be less than top1, ${top1}` }] : [],
    ),
  ];
}

function problemsOfBaseline({ baseline }: Manifest): Problem[] {
  const total = Object.values(baseline.labelFrequencies).reduce((sum, frequency) => sum + frequency, 0);
  const frequencies: Problem[] =
    Math.abs(total - 1) > 1e-6
      ? [{ path: ['baseline', 'labelFrequencies'], message: `must add up to 1, not ${total}` }]
      : [];
  const histograms = (['topProbability', 'energy', 'inkHeight'] as const).flatMap((name) =>
    problemsOfHistogram(baseline[name], ['baseline', name]),
  );
  return [...frequencies, ...histograms];
}

function problemsOfHistogram({ edges, counts }: Histogram, path: PropertyKey[]): Problem[] {
  const problems: Problem[] = [];
  if (edges.length !== counts.length + 1) {
    problems.push({
      path,
      message: `has ${edges.length} edges for ${counts.length} bins; one more edge than bins is needed`,
    });
  }
  if (edges.some((edge, index) => index > 0 && edge <= (edges[index - 1] ?? -Infinity))) {
    problems.push({ path: [...path, 'edges'], message: 'must rise from each to the next' });
  }
  return problems;
}
