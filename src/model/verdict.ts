/** Pure: what a run made of a golden, the same for every backend and for `npm run model:verify`. */

/**
 * What a run made of one golden. largestError is the largest difference of a logit, absolute, from the float32 that
 * the expected number names; Infinity where one is missing or no number, so that NaN slips through no comparison.
 */
export function verdictOn(
  expected: ArrayLike<number>,
  got: ArrayLike<number>,
): { readonly largestError: number; readonly sameTop: boolean } {
  let largestError = got.length === expected.length ? 0 : Infinity;
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(Math.fround(expected[i] ?? NaN) - (got[i] ?? NaN));
    largestError = Number.isFinite(difference) ? Math.max(largestError, difference) : Infinity;
  }
  return { largestError, sameTop: indexOfLargest(expected) === indexOfLargest(got) };
}

/** The first of the largest, 0 for none. */
export function indexOfLargest(values: ArrayLike<number>): number {
  let best = 0;
  for (let i = 1; i < values.length; i++) if ((values[i] ?? NaN) > (values[best] ?? NaN)) best = i;
  return best;
}
