/**
 * Adaptation to one person's hand: letters that this person verified pull what looks like them. Nearest class over the
 * model's embedding, the shape of the ink and its place on the line, mixed with the model by how much evidence there is.
 */
import { ofLengthOne, shapeOf } from './adaptation-shape.ts';

/** One letter as adaptation sees it: embedding and shape of length 1, cue as lineCue of #glyph/line gives it. */
export type Look = {
  readonly embedding: Float32Array;
  readonly shape: Float32Array;
  readonly cue: ArrayLike<number>;
};

export function lookOf(
  embedding: ArrayLike<number>,
  raster: Parameters<typeof shapeOf>[0],
  cue: ArrayLike<number>,
): Look {
  return { embedding: ofLengthOne(embedding), shape: shapeOf(raster), cue };
}

/**
 * The few numbers of the mix: factors of what termsOf() gives, in its order. training/adaptation/fit.ts finds them on
 * training and validation writers.
 */
export type AdaptationRule = readonly number[];

export const adaptationRule: AdaptationRule = [1.14, -0.57, 14.41, 5.43, -10.5, -3.33];

/** Nearness is a soft maximum over a letter's samples: people write some letters in two ways. */
const SHARPNESS = 12;
/** How far size and place on the line may lie apart, in heights of the line, and still be the same hand's letter. */
const LINE_WIDTH = 0.25;
/** In place of the line's part where one of the two has no line; about the mean over letters of one name and hand. */
const LINE_UNKNOWN = 0.8;

/** From 1 (the same) downwards; the mean of three kinds of likeness. */
export function similarity(a: Look, b: Look): number {
  return (dot(a.embedding, b.embedding) + dot(a.shape, b.shape) + lineLikeness(a.cue, b.cue)) / 3;
}

/** What samples say of one input: for each letter how near its samples are, and how much they weigh (n / (n + 1)). */
export type Evidence = { readonly nearness: Float64Array; readonly weight: Float64Array };

/** similarities[i] is the input's to sample i, whose letter has the index labels[i]. */
export function evidenceOf(similarities: ArrayLike<number>, labels: ArrayLike<number>, classes: number): Evidence {
  const sums = new Float64Array(classes);
  const counts = new Float64Array(classes);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i] ?? -1;
    if (label < 0 || label >= classes) continue;
    sums[label] = (sums[label] ?? 0) + Math.exp(SHARPNESS * ((similarities[i] ?? 0) - 1));
    counts[label] = (counts[label] ?? 0) + 1;
  }
  return {
    nearness: sums.map((sum, c) => (sum > 0 ? 1 + Math.log(sum / (counts[c] ?? 1)) / SHARPNESS : 0)),
    weight: counts.map((n) => n / (n + 1)),
  };
}

/**
 * Model and evidence as one: probabilities that add up to 1. Without evidence they are the model's own, to the bit.
 * model: calibrated probabilities, one for each letter.
 */
export function mix(model: ArrayLike<number>, evidence: Evidence, rule: AdaptationRule = adaptationRule): Float64Array {
  const covered = coverageOf(evidence);
  if (covered === 0) return Float64Array.from(model);
  const scores = Float64Array.from(model, (probability, c) =>
    dot(termsOf(probability, evidence.nearness[c] ?? 0, evidence.weight[c] ?? 0, covered), rule),
  );
  const highest = scores.reduce((a, b) => Math.max(a, b));
  const shares = scores.map((score) => Math.exp(score - highest));
  const sum = shares.reduce((a, b) => a + b);
  return shares.map((share) => share / sum);
}

/** How much evidence there is over all letters, 0 to 1. */
export const coverageOf = ({ weight }: Evidence): number => weight.reduce((a, b) => a + b, 0) / weight.length;

/**
 * What a letter's score is made of: the model's log probability, the nearness of the letter's samples as far as they
 * weigh, and that weight (which sets what nearness speaks neither for nor against it); each also times the coverage.
 */
export function termsOf(probability: number, nearness: number, weight: number, covered: number): readonly number[] {
  // A probability of 0 is one that was rounded: evidence may still outweigh it.
  const model = Math.log(Math.max(probability, 1e-9));
  const near = weight * nearness;
  return [model, covered * model, near, covered * near, weight, covered * weight];
}

function lineLikeness(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const known = (cue: ArrayLike<number>): boolean => cue[0] === 1 && cue[2] === 1;
  if (!known(a) || !known(b)) return LINE_UNKNOWN;
  const height = (a[1] ?? 0) - (b[1] ?? 0);
  const below = (a[3] ?? 0) - (b[3] ?? 0);
  return Math.exp(-(height * height + below * below) / (2 * LINE_WIDTH * LINE_WIDTH));
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
