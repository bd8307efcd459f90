/**
 * Adaptation to one person's hand: letters that this person verified pull what looks like them. Nearest class over the
 * model's embedding, the shape of the ink and its size, and what of these is unusual, mixed with the model by how much
 * evidence there is.
 */
import { penLikeness, penOf } from './adaptation-pen.ts';
import { ofLengthOne, shapeOf } from './adaptation-shape.ts';
import type { Metric } from './adaptation-metric.ts';

/** One letter as adaptation sees it: embedding and shape of length 1, cue as lineCue of #glyph/line gives it, pen as penOf. */
export type Look = {
  readonly embedding: Float32Array;
  readonly shape: Float32Array;
  readonly cue: ArrayLike<number>;
  readonly pen: number;
};

/** A look to be compared: its shape as the metric places it (adaptation-metric.ts), of length 1. */
export type PlacedLook = Omit<Look, 'shape'> & { readonly place: Float32Array };

export function lookOf(
  embedding: ArrayLike<number>,
  raster: Parameters<typeof shapeOf>[0],
  cue: ArrayLike<number>,
): Look {
  return { embedding: ofLengthOne(embedding), shape: shapeOf(raster), cue, pen: penOf(raster) };
}

export const placed = ({ embedding, shape, cue, pen }: Look, metric: Metric): PlacedLook => ({
  embedding,
  place: metric(shape),
  cue,
  pen,
});

/**
 * The few numbers of the mix: factors of what termsOf() gives, in its order. training/ktav_training/fit_hand.py finds
 * them on training and validation writers.
 */
export type AdaptationRule = readonly number[];

const onLine: AdaptationRule = [1.1, -0.452, 3.78, 2.105, 0.658, 0.028, -3.045, -1.579, 0.055];
const withoutLine: AdaptationRule = [1.219, -0.531, 4.22, 2.59, 1.805, 1.401, -5.016, -3.285, 0.056];

/** Whether size and place on the line are known: of what is drawn they are, of a picture they are not. */
export const knowsLine = ({ cue }: Pick<Look, 'cue'>): boolean => cue[0] === 1 && cue[2] === 1;

/** The numbers for such a look: the model's own answer to a drawing holds what its line says, that to a picture does not. */
export const ruleFor = (look: Pick<Look, 'cue'>): AdaptationRule => (knowsLine(look) ? onLine : withoutLine);

/** Nearness is a soft maximum over a letter's samples: people write some letters in two ways. */
const SHARPNESS = 12;

/**
 * How alike two letters are, 1 for the same: their ink, by embedding and by where the shape lies; and how thick the pen is
 * against them.
 */
export type Likeness = { readonly ink: number; readonly pen: number };

export const likeness = (a: PlacedLook, b: PlacedLook): Likeness => ({
  ink: (dot(a.embedding, b.embedding) + dot(a.place, b.place)) / 2,
  pen: penLikeness(a.pen, b.pen),
});

/**
 * What samples say of one input, for each letter: how much they weigh (2n / (2n + 1)); how near they are in ink, as far as
 * they weigh; and what they say of its size and of its shape.
 */
export type Evidence = {
  readonly weight: Float64Array;
  readonly ink: Float64Array;
  readonly size: Float64Array;
  readonly shape: Float64Array;
};

/** What samples say against what is usual (adaptation-usual.ts): of the shape, and of the place on the line if it has one. */
export type Unusual = { readonly shape: Float64Array; readonly line: Float64Array | null };

/**
 * likenesses[i] is the input's to sample i, whose letter has the index labels[i]. Without a line, how near the pens are
 * stands for size, as far as the samples weigh.
 */
export function evidenceOf(
  likenesses: readonly Likeness[],
  labels: readonly number[],
  { shape, line }: Unusual,
): Evidence {
  const classes = shape.length;
  const counts = new Float64Array(classes);
  const ink = new Float64Array(classes);
  const pen = new Float64Array(classes);
  likenesses.forEach((one, i) => {
    const label = labels[i] ?? -1;
    if (label < 0 || label >= classes) return;
    counts[label] = (counts[label] ?? 0) + 1;
    ink[label] = (ink[label] ?? 0) + Math.exp(SHARPNESS * (one.ink - 1));
    pen[label] = (pen[label] ?? 0) + Math.exp(SHARPNESS * (one.pen - 1));
  });
  const weight = counts.map((n) => (2 * n) / (2 * n + 1));
  const nearness = (sum: number, c: number): number =>
    sum > 0 ? (weight[c] ?? 0) * (1 + Math.log(sum / (counts[c] ?? 1)) / SHARPNESS) : 0;
  return { weight, ink: ink.map(nearness), size: line ?? pen.map(nearness), shape };
}

/**
 * Model and evidence as one: probabilities that add up to 1. Without evidence they are the model's own, to the bit.
 * model: calibrated probabilities, one for each letter.
 */
export function mix(model: ArrayLike<number>, evidence: Evidence, rule: AdaptationRule): Float64Array {
  const covered = coverageOf(evidence);
  if (covered === 0) return Float64Array.from(model);
  const scores = Float64Array.from(model, (probability, c) => dot(termsOf(probability, evidence, c, covered), rule));
  const highest = scores.reduce((a, b) => Math.max(a, b));
  const shares = scores.map((score) => Math.exp(score - highest));
  const sum = shares.reduce((a, b) => a + b);
  return shares.map((share) => share / sum);
}

/**
 * The part of the letters that have samples, squared: 0 to 1. Where rivals have none, what a letter's own samples say is
 * half a comparison.
 */
const coverageOf = ({ weight }: Evidence): number => (weight.filter((one) => one > 0).length / weight.length) ** 2;

/**
 * What the score of letter c is made of: the model's log probability, also times the weight of the letter's samples; what
 * these say of ink and of size, and their weight (which sets what nearness speaks neither for nor against it), each also
 * times the coverage; and what they say of its shape.
 */
function termsOf(probability: number, evidence: Evidence, c: number, covered: number): readonly number[] {
  // A probability of 0 is one that was rounded: evidence may still outweigh it.
  const model = Math.log(Math.max(probability, 1e-9));
  const weight = evidence.weight[c] ?? 0;
  const ink = evidence.ink[c] ?? 0;
  const size = evidence.size[c] ?? 0;
  const shape = evidence.shape[c] ?? 0;
  return [model, weight * model, ink, covered * ink, size, covered * size, weight, covered * weight, shape];
}

function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
  return sum;
}
