/** Pure: from an answer of the model to one that knows this person's hand. */
import { lookOf } from '#insight/adaptation';
import type { Learner } from '#insight/adaptation-learner';
import type { Answer, Prediction } from '#inference/answer';

/** What the model was not sure of becomes a letter from this probability on. */
const SURE_ENOUGH = 0.5;

/**
 * The answer with its probabilities mixed with what was learnt, and the model's own beside them (byModel); the answer as
 * it is where nothing was read, where it is no letter at all, or where nothing changes. labels: of the model, in its
 * order.
 */
export function adaptedAnswer(answer: Answer, labels: readonly string[], learner: Learner): Answer {
  const { prediction, raster, cue, embedding } = answer;
  if (raster === null || cue === null || embedding === null) return answer;
  if (prediction.kind === 'abstention' && prediction.reason !== 'unsure') return answer;
  const model = probabilitiesOf(prediction, labels);
  const mixed = learner.read(lookOf(embedding, raster, cue), model);
  if (mixed.every((probability, i) => probability === model[i])) return answer;
  const candidates = labels.map((label, i) => ({ label, probability: mixed[i] ?? 0 }));
  candidates.sort((a, b) => b.probability - a.probability);
  const best = candidates[0];
  if (best === undefined) return answer;
  const still = prediction.kind === 'abstention' && best.probability < SURE_ENOUGH;
  const adapted: Prediction = still
    ? { ...prediction, candidates }
    : { kind: 'letter', label: best.label, probability: best.probability, candidates };
  return { ...answer, prediction: adapted, byModel: prediction };
}

/** In the order of labels; 0 for a label that the prediction does not name. */
export function probabilitiesOf({ candidates }: Prediction, labels: readonly string[]): Float32Array {
  const by = new Map(candidates.map(({ label, probability }) => [label, probability]));
  return Float32Array.from(labels, (label) => by.get(label) ?? 0);
}

/** Whether what was learnt changed the letter that is shown, and what the model alone would have said. */
export function changeBy({ prediction, byModel }: Answer): { readonly instead: string | null } | null {
  if (byModel === undefined || prediction.kind !== 'letter') return null;
  const instead = byModel.kind === 'letter' ? byModel.label : null;
  return instead === prediction.label ? null : { instead };
}
