/** What this hand's own samples say beyond what is usual of a letter in all hands. */

/**
 * How letters lie in all hands. Numbers are parted by spaces. axes: rows; along each of them one hand's letter wavers by
 * 1, independently of the others. between: how far hands differ in a letter along each axis, a variance. letters: where
 * each letter lies on average along the axes, by its name. anywhere: the part of a letter's density, 1 at its top, that
 * may lie anywhere: with it a slip of the pen speaks against a letter, but never for more than a few logits.
 */
export type Usual = {
  readonly axes: readonly string[];
  readonly between: string;
  readonly letters: Readonly<Record<string, string>>;
  readonly anywhere: number;
};

/** For each letter log p(at | this hand's samples) − log p(at | any hand); 0 for a letter that has no sample. */
type Says = (at: Float64Array) => Float64Array;

export type Witness = {
  /** From what is measured to where it lies along the axes, which is what says() takes. */
  along(measured: ArrayLike<number>): Float64Array;
  /** Sample i is of the letter with the index labels[i]. */
  says(samples: readonly Float64Array[], labels: readonly number[]): Says;
};

/** Where a letter is expected: its mean is known up to a variance, and about that the letter itself wavers by 1. */
type Belief = { readonly mean: Float64Array; readonly spread: Float64Array; readonly top: number };

/**
 * A letter of a hand lies about a mean of its own; that mean lies about the usual one. So a few samples move what is
 * expected a part of the way, and many all the way (empirical Bayes: Efron and Morris, 1973).
 * names: of the letters, by index. A letter of another alphabet may lie wherever a letter may.
 */
export function witnessOf(usual: Usual, names: readonly string[]): Witness {
  const { anywhere } = usual;
  const axes = usual.axes.map(numbers);
  const between = numbers(usual.between);
  const places = Object.values(usual.letters).map(numbers);
  const middle = between.map((_, d) => mean(places.map((place) => place[d] ?? 0)));
  const wide = between.map((own, d) => own + mean(places.map((place) => ((place[d] ?? 0) - (middle[d] ?? 0)) ** 2)));
  const priors = names.map((name) => {
    const place = usual.letters[name];
    return place === undefined ? { mean: middle, variance: wide } : { mean: numbers(place), variance: between };
  });
  const anyone = priors.map((prior) => belief(prior.mean, prior.variance));

  return {
    along: (measured) =>
      Float64Array.from(axes, (axis) => axis.reduce((sum, factor, i) => sum + factor * (measured[i] ?? 0), 0)),
    says(samples, labels) {
      const counts = names.map(() => 0);
      const sums = names.map(() => new Float64Array(axes.length));
      for (const [i, sample] of samples.entries()) {
        const label = labels[i] ?? -1;
        const sum = sums[label];
        if (sum === undefined) continue;
        counts[label] = (counts[label] ?? 0) + 1;
        for (let d = 0; d < sum.length; d++) sum[d] = (sum[d] ?? 0) + (sample[d] ?? 0);
      }
      const own = priors.map(({ mean: usually, variance }, c) => {
        const [count, sum] = [counts[c] ?? 0, sums[c] ?? []];
        if (count === 0) return null;
        const left = variance.map((one) => one / (1 + count * one));
        const at = left.map((one, d) => one * ((usually[d] ?? 0) / (variance[d] ?? 1) + (sum[d] ?? 0)));
        return belief(at, left);
      });
      return (at) =>
        Float64Array.from(own, (here, c) => {
          const any = anyone[c];
          if (here === null || any === undefined) return 0;
          return logDensity(at, here, anywhere) - logDensity(at, any, anywhere);
        });
    },
  };
}

function belief(mean: Float64Array, variance: Float64Array): Belief {
  const spread = variance.map((one) => 1 + one);
  return { mean, spread, top: -spread.reduce((sum, one) => sum + Math.log(one), 0) / 2 };
}

function logDensity(at: Float64Array, { mean, spread, top }: Belief, anywhere: number): number {
  let squared = 0;
  for (let d = 0; d < at.length; d++) squared += ((at[d] ?? 0) - (mean[d] ?? 0)) ** 2 / (spread[d] ?? 1);
  const log = top - squared / 2;
  return anywhere > 0 ? Math.log(Math.exp(log) + anywhere) : log;
}

const numbers = (text: string): Float64Array => new Float64Array(text.split(' ').map(Number));
const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
