/** One person's letters among those of all hands. */
import { knowsLine, placed } from './adaptation.ts';
import type { Look, PlacedLook, Unusual } from './adaptation.ts';
import { witnessOf } from './adaptation-usual.ts';
import type { KnownHands } from './known-hands.ts';

/** A look with where it lies among what is usual; line: null where none is known. */
export type Sample = {
  readonly look: PlacedLook;
  readonly shape: Float64Array;
  readonly line: Float64Array | null;
};

export type Comparison = {
  sampleOf(look: Look): Sample;
  /** What samples say of an input against what is usual; sample i is of the letter with the index labels[i]. */
  unusualBy(samples: readonly Sample[], labels: readonly number[]): (input: Sample) => Unusual;
};

/** names: of the letters that the model tells apart, in its order. */
export function comparisonOf({ metric, ...usual }: KnownHands, names: readonly string[]): Comparison {
  const shapes = witnessOf(usual.shapes, names);
  const lines = witnessOf(usual.lines, names);
  return {
    sampleOf(seen) {
      const look = placed(seen, metric);
      const line = knowsLine(seen) ? lines.along([seen.cue[1] ?? 0, seen.cue[3] ?? 0]) : null;
      return { look, shape: shapes.along(look.place), line };
    },
    unusualBy(samples, labels) {
      const ofShape = shapes.says(
        samples.map(({ shape }) => shape),
        labels,
      );
      const onLine = samples.flatMap(({ line }, i) => (line === null ? [] : [{ line, label: labels[i] ?? -1 }]));
      const ofLine = lines.says(
        onLine.map(({ line }) => line),
        onLine.map(({ label }) => label),
      );
      return ({ shape, line }) => ({ shape: ofShape(shape), line: line === null ? null : ofLine(line) });
    },
  };
}
