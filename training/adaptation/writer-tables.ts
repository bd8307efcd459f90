import { probabilities } from '#inference/prediction';
import { likeness, lookOf, ruleFor } from '#insight/adaptation';
import type { AdaptationRule, Likeness, Unusual } from '#insight/adaptation';
import { comparisonOf } from '#insight/adaptation-samples';
import { knownHands } from '#insight/known-hands';
import type { AnsweringModel, ModelAnswer } from './model-answers.ts';
import type { RasterRow } from './raster-rows.ts';

/** One writer's letters, with all that a simulation asks of them worked out once. */
export type WriterTable = {
  readonly writer: string;
  /** Index of each letter's label. */
  readonly labels: readonly number[];
  /** The model's calibrated probabilities. */
  readonly model: readonly Float64Array[];
  /** What the app would mix by; all of a writer's letters are of one kind. */
  readonly rule: AdaptationRule;
  /** How alike letters i and j are, at alike[i][j]. */
  readonly alike: readonly (readonly Likeness[])[];
  /** What the verified letters say of letter i against what is usual. */
  unusualBy(verified: readonly number[]): (i: number) => Unusual;
};

export function tablesOf(
  { labels, size, calibration }: AnsweringModel,
  rows: readonly RasterRow[],
  answers: readonly ModelAnswer[],
): WriterTable[] {
  const { sampleOf, unusualBy } = comparisonOf(knownHands(), labels);
  const writers = groupedBy([...rows.keys()], (i) => rows[i]!.writer);
  return [...writers].map(([writer, indices]) => {
    const samples = indices.map((i) => {
      const { raster, cue } = rows[i]!;
      return sampleOf(lookOf(answers[i]!.embedding, { width: size, height: size, data: raster }, cue));
    });
    const known = indices.map((i) => labels.indexOf(rows[i]!.label));
    const alike = samples.map((a) => samples.map((b) => likeness(a.look, b.look)));
    return {
      writer,
      labels: known,
      model: indices.map((i) => probabilities(answers[i]!.logits, calibration.temperature)),
      alike,
      unusualBy(verified) {
        const unusual = unusualBy(
          verified.map((j) => samples[j]!),
          verified.map((j) => known[j]!),
        );
        return (i) => unusual(samples[i]!);
      },
      rule: ruleFor(samples[0]!.look),
    };
  });
}

export function indexOfLargest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if (values[i]! > values[best]!) best = i;
  return best;
}

/** Map.groupBy, which Node 20 has not. */
export function groupedBy<Item, Key>(items: readonly Item[], keyOf: (item: Item) => Key): Map<Key, Item[]> {
  const groups = new Map<Key, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [item]);
    else group.push(item);
  }
  return groups;
}
