import type { Answer, EngineErrorCode } from '#inference/answer';

/** An answer with its number: requests count up over the whole page, so a later answer has the larger number. */
export type Answered = { readonly answer: Answer; readonly request: number };

/**
 * Where one input stands on its way to a letter.
 * loading keeps the answer before, so that the page need not go blank while a better one comes.
 */
export type Reading =
  | { readonly kind: 'idle' }
  | { readonly kind: 'loading'; readonly last: Answered | null }
  | ({ readonly kind: 'answered' } & Answered)
  | { readonly kind: 'failed'; readonly code: EngineErrorCode };

/** The newest answer that a reading still shows, or null. */
export function lastAnswer(reading: Reading): Answered | null {
  if (reading.kind === 'answered') return reading;
  return reading.kind === 'loading' ? reading.last : null;
}

/** data-state of docs/automation.md. */
export type ReadingState = 'idle' | 'loading' | 'ready' | 'abstained' | 'error';

export function stateOf(reading: Reading): ReadingState {
  switch (reading.kind) {
    case 'idle':
    case 'loading':
      return reading.kind;
    case 'answered':
      return reading.answer.prediction.kind === 'letter' ? 'ready' : 'abstained';
    case 'failed':
      return 'error';
  }
}
