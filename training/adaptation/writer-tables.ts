import { probabilities } from '#inference/prediction';
import { likeness, lookOf, placed, ruleFor } from '#insight/adaptation';
import type { AdaptationRule, Likeness } from '#insight/adaptation';
import { handMetric } from '#insight/adaptation-metric';
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
};

export function tablesOf(
  { labels, size, calibration }: AnsweringModel,
  rows: readonly RasterRow[],
  answers: readonly ModelAnswer[],
): WriterTable[] {
  const metric = handMetric();
  const writers = groupedBy([...rows.keys()], (i) => rows[i]!.writer);
  return [...writers].map(([writer, indices]) => {
    const looks = indices.map((i) => {
      const { raster, cue } = rows[i]!;
      return placed(lookOf(answers[i]!.embedding, { width: size, height: size, data: raster }, cue), metric);
    });
    const alike = looks.map((a) => looks.map((b) => likeness(a, b)));
    return {
      writer,
      labels: indices.map((i) => labels.indexOf(rows[i]!.label)),
      model: indices.map((i) => probabilities(answers[i]!.logits, calibration.temperature)),
      alike,
      rule: ruleFor(looks[0]!),
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
