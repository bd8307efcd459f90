import type { Reading, ReadingState } from '#app/reading';
import { lastAnswer, stateOf } from '#app/reading';
import type { AbstainReason, Answer, Candidate } from '#inference/answer';

/** What happened, what was kept, what to do next: three sentences in the person's language. */
export type FailureMessage = { readonly happened: string; readonly kept: string; readonly next: string };

/** An input that never reached the model: a broken file, a picture too large. code goes to data-error. */
export type Refusal = { readonly kind: 'refused'; readonly code: string; readonly message: FailureMessage };

export type CardReading = Reading | Refusal;

export type Sureness = 'sure' | 'fairlySure' | 'leaning';

/** In words, for those who do not read numbers. Probabilities are calibrated, so the words mean what they say. */
export function surenessOf(probability: number): Sureness {
  if (probability >= 0.95) return 'sure';
  return probability >= 0.75 ? 'fairlySure' : 'leaning';
}

/** The key of the words for an abstention. */
export function abstentionKey(reason: AbstainReason): 'blank' | 'noise' | 'solid' | 'notALetter' | 'unsure' {
  return reason === 'not-a-letter' ? 'notALetter' : reason;
}

/** How many candidates are shown before all of them are asked for. */
export const TOP_CANDIDATES = 5;

export type PredictionHooks = {
  readonly 'data-state': ReadingState;
  readonly 'data-label'?: string;
  readonly 'data-probability'?: number;
  readonly 'data-model'?: string;
  readonly 'data-backend'?: string;
  readonly 'data-request'?: number;
  readonly 'data-reason'?: string;
  readonly 'data-error'?: string;
};

/** The attributes that docs/automation.md promises on a prediction element. */
export function hooksOf(reading: CardReading): PredictionHooks {
  if (reading.kind === 'refused') return { 'data-state': 'error', 'data-error': reading.code };
  const state = stateOf(reading);
  if (reading.kind === 'failed') return { 'data-state': state, 'data-error': reading.code };
  const answered = lastAnswer(reading);
  if (answered === null) return { 'data-state': state };
  const { prediction, receipt } = answered.answer;
  return {
    'data-state': state,
    'data-model': `${receipt.model}@${receipt.version}`,
    'data-backend': receipt.backend,
    'data-request': answered.request,
    ...(prediction.kind === 'letter'
      ? { 'data-label': prediction.label, 'data-probability': prediction.probability }
      : { 'data-reason': prediction.reason }),
  };
}

/** Candidates worth a bar: none where nothing was read. */
export function candidatesOf(answer: Answer | null, all: boolean): readonly Candidate[] {
  if (answer === null) return [];
  return all ? answer.prediction.candidates : answer.prediction.candidates.slice(0, TOP_CANDIDATES);
}
