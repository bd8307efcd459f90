/** Where a shape lies among the shapes of letters: near to those of its own letter, and far from others of one hand. */
import { offsets, rows } from './hand-metric.ts';
import { ofLengthOne } from './adaptation-shape.ts';

/**
 * From a shape (shapeOf of adaptation-shape.ts) to its place, of length 1. Half of what the cosine of two shapes sees is
 * chance, as a stroke begun a little lower; what is chance and what tells a letter was learnt from the writers of the
 * training set.
 */
export type Metric = (shape: ArrayLike<number>) => Float32Array;

/**
 * rows: one for each number of a place, a character of it for each number of a shape, 'B' for 0 and so on in both
 * directions. offsets: as many numbers, parted by spaces: where the mean shape would lie, which is taken away.
 */
export type WrittenMetric = { readonly rows: readonly string[]; readonly offsets: string };

const ZERO = 66;

/** 64 numbers for 512, for every hand and every model. */
export const handMetric = (): Metric => metricOf({ rows, offsets });

export function metricOf({ rows, offsets }: WrittenMetric): Metric {
  const factors = rows.map((row) => Int8Array.from(row, (character) => character.charCodeAt(0) - ZERO));
  const means = offsets.split(' ').map(Number);
  return (shape) =>
    ofLengthOne(
      factors.map((row, k) => row.reduce((sum, factor, i) => sum + factor * (shape[i] ?? 0), -(means[k] ?? 0))),
    );
}
