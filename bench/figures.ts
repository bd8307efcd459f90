/** Pure: arithmetic over measured milliseconds. */

/** What is left of many measurements of one thing. All in the unit of the values. */
export type Summary = {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
  readonly most: number;
};

/** The value that the part q (0 to 1) of all values lies below, between neighbours by their distance; NaN for none. */
export function quantile(values: readonly number[], q: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = (sorted.length - 1) * q;
  const below = sorted[Math.floor(place)] ?? NaN;
  const above = sorted[Math.ceil(place)] ?? NaN;
  return below + (above - below) * (place - Math.floor(place));
}

export const median = (values: readonly number[]): number => quantile(values, 0.5);

export function summaryOf(values: readonly number[]): Summary {
  return {
    count: values.length,
    median: median(values),
    p95: quantile(values, 0.95),
    most: quantile(values, 1),
  };
}

/** A ratio of two things that were measured round by round: its median, and the middle half of the rounds. */
export type Ratio = { readonly median: number; readonly low: number; readonly high: number };

/**
 * mine / theirs, round by round and only then the median: what slows the machine down for a while slows both sides of
 * a round, and falls out. Throws RangeError where the rounds do not pair.
 */
export function pairedRatio(mine: readonly number[], theirs: readonly number[]): Ratio {
  if (mine.length !== theirs.length || mine.length === 0) {
    throw new RangeError(`${mine.length} and ${theirs.length} rounds do not pair`);
  }
  const ratios = mine.map((value, round) => value / (theirs[round] ?? NaN));
  return { median: median(ratios), low: quantile(ratios, 0.25), high: quantile(ratios, 0.75) };
}
