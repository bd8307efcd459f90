import type { Answer } from '#inference/answer';

/** What the model says it is; null where it names nothing. */
export const labelOfAnswer = (answer: Answer | undefined): string | null =>
  answer?.prediction.kind === 'letter' ? answer.prediction.label : null;

/** Most probable first. */
export const candidateLabels = (answer: Answer | undefined): readonly string[] =>
  answer?.prediction.candidates.map(({ label }) => label) ?? [];
