/** Pure: where each question "was this right?" stands. */
import type { OutboxCounts, OutboxErrorCode } from '#feedback/outbox';
import type { Verdict } from '#feedback/make-record';
import type { SyncState } from '#feedback/sync-contract';
import type { FeedbackPlan } from './feedback-target.ts';

/** What a person says about an answer. */
export type Judgement = Verdict;

export type Asking =
  | { readonly kind: 'asking' }
  /** "Wrong" was said, and the letter is not chosen yet. */
  | { readonly kind: 'choosing' }
  | { readonly kind: 'saving'; readonly judgement: Judgement }
  /** Committed. */
  | { readonly kind: 'saved' }
  /** Nothing was saved; the judgement is kept to try again. */
  | { readonly kind: 'failed'; readonly judgement: Judgement; readonly code: OutboxErrorCode };

/** The record saved last at a place. undoable: for ten seconds. advanced: the sheet was cleared after it. */
export type SavedRecord = {
  readonly id: string;
  readonly judgement: Judgement;
  readonly undoable: boolean;
  readonly advanced: boolean;
  /** Why it could not be taken back, when that was tried. */
  readonly problem: OutboxErrorCode | null;
};

/** One place that shows answers, the sheet or a picture; request is the answer that was asked about last. */
export type FeedbackPlace = {
  readonly request: number;
  readonly asking: Asking;
  readonly saved: SavedRecord | null;
};

export type FeedbackState = {
  /** By the key of the place. */
  readonly places: Readonly<Record<string, FeedbackPlace>>;
  /** Whether the person is being asked for consent. */
  readonly consentAsked: boolean;
  /** null until it was read; planFailed: it could not be. */
  readonly plan: FeedbackPlan | null;
  readonly planFailed: boolean;
  /** null until the outbox was opened. */
  readonly counts: OutboxCounts | null;
  readonly sync: SyncState | null;
};

export const noFeedback: FeedbackState = {
  places: {},
  consentAsked: false,
  plan: null,
  planFailed: false,
  counts: null,
  sync: null,
};

const asking: Asking = { kind: 'asking' };

/**
 * The place as it stands for this answer (null: none is shown). A new answer is a new question, and the last record can
 * still be undone; but what is not saved yet, or failed to be, stays until it is settled, whatever was written since.
 */
export function placeFor(place: FeedbackPlace | undefined, request: number | null): FeedbackPlace {
  if (place === undefined) return { request: request ?? 0, asking, saved: null };
  const unsettled = place.asking.kind === 'saving' || place.asking.kind === 'failed';
  return unsettled || request === null || place.request === request ? place : { request, asking, saved: place.saved };
}

export function withPlace(state: FeedbackState, key: string, place: FeedbackPlace): FeedbackState {
  return { ...state, places: { ...state.places, [key]: place } };
}

/** Changes the record saved last at a place, if it is still this one. */
export function withSaved(state: FeedbackState, key: string, id: string, change: Partial<SavedRecord>): FeedbackState {
  const place = state.places[key];
  if (place?.saved?.id !== id) return state;
  return withPlace(state, key, { ...place, saved: { ...place.saved, ...change } });
}

/** The record is withdrawn: where its answer still stands, it is asked about again. */
export function withoutSaved(state: FeedbackState, key: string, id: string): FeedbackState {
  const place = state.places[key];
  if (place?.saved?.id !== id) return state;
  return withPlace(state, key, {
    ...place,
    asking: place.asking.kind === 'saved' ? asking : place.asking,
    saved: null,
  });
}
