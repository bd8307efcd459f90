/** Pure: from what the model says to what a person may be told. */
import type { EmptyReason } from '#glyph/glyph';
import type { Calibration } from '#model/manifest';
import type { Candidate, Prediction } from './answer.ts';

/** The numbers fitted on validation writers that decide between a letter and an abstention. */
export type Decision = {
  readonly temperature: Calibration['temperature'];
  readonly unsure: Calibration['unsure'];
  readonly reject: Pick<Calibration['reject'], 'minEnergy'>;
};

/** There was nothing to read; nothing was asked of the model. */
export const nothingToRead = (reason: EmptyReason): Prediction => ({ kind: 'abstention', reason, candidates: [] });

/**
 * log Σ exp(logits), the negative free energy of Liu et al., "Energy-based Out-of-distribution Detection" (2020):
 * high where the model knows the input, low where no class speaks for it. Taken from the raw logits; stable for
 * any size of them.
 */
export function freeEnergy(logits: ArrayLike<number>): number {
  const highest = maximum(logits);
  if (!Number.isFinite(highest)) return highest;
  let sum = 0;
  for (let i = 0; i < logits.length; i++) sum += Math.exp((logits[i] ?? 0) - highest);
  return highest + Math.log(sum);
}

/**
 * softmax(logits / temperature): adds up to 1, stable for any size of the logits.
 * Throws RangeError where there is no logit, where one is not finite, or where temperature is not positive.
 */
export function probabilities(logits: ArrayLike<number>, temperature: number): Float64Array {
  if (!(temperature > 0)) throw new RangeError(`temperature is ${temperature}, it must be positive`);
  if (logits.length === 0) throw new RangeError('no logits');
  const highest = maximum(logits);
  const result = new Float64Array(logits.length);
  let sum = 0;
  for (let i = 0; i < logits.length; i++) {
    const logit = logits[i] ?? Number.NaN;
    if (!Number.isFinite(logit)) throw new RangeError(`logit ${i} is ${logit}`);
    const weight = Math.exp((logit - highest) / temperature);
    result[i] = weight;
    sum += weight;
  }
  for (let i = 0; i < result.length; i++) result[i] = (result[i] ?? 0) / sum;
  return result;
}

/**
 * Logits, one for each label in the manifest's order, to a prediction.
 * Abstains with 'not-a-letter' before 'unsure': what is no letter is not a close call between two.
 * Candidates come with an abstention too, so that the person can still pick. Equal probabilities keep the labels' order.
 */
export function predict(logits: ArrayLike<number>, labels: readonly string[], decision: Decision): Prediction {
  if (logits.length !== labels.length) {
    throw new RangeError(`the model gave ${logits.length} logits for ${labels.length} labels`);
  }
  const share = probabilities(logits, decision.temperature);
  const candidates: Candidate[] = labels.map((label, i) => ({ label, probability: share[i] ?? 0 }));
  candidates.sort((a, b) => b.probability - a.probability);
  const best = candidates[0];
  if (best === undefined) throw new RangeError('no labels');
  if (freeEnergy(logits) < decision.reject.minEnergy) return { kind: 'abstention', reason: 'not-a-letter', candidates };
  if (best.probability < decision.unsure.minProbability) return { kind: 'abstention', reason: 'unsure', candidates };
  return { kind: 'letter', label: best.label, probability: best.probability, candidates };
}

function maximum(values: ArrayLike<number>): number {
  let highest = -Infinity;
  for (let i = 0; i < values.length; i++) highest = Math.max(highest, values[i] ?? Number.NaN);
  return highest;
}
