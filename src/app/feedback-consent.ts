/** Pure: what may be recorded, and what may leave. */
import type { SyncTarget } from '#feedback/sync-contract';
import type { Preferences } from './preferences.ts';

type Wishes = Pick<Preferences, 'feedback' | 'feedbackConsent'>;

/** The place that a target names, as a person agrees to it and as it is kept; '' is nowhere. base: the page's address. */
export function destinationOf(target: SyncTarget | null, base: string): string {
  if (target === null) return '';
  const { origin, pathname } = new URL(target.baseUrl, base);
  return origin + pathname;
}

/** Nothing is recorded before the person agreed, or while it is turned off. */
export const mayRecord = ({ feedback, feedbackConsent }: Wishes): boolean => feedback && feedbackConsent !== null;

/** Whether the person agreed to any place at all: then it must not be said of anything that is judged that it stays here. */
export const hasAgreedToSend = (wishes: Wishes): boolean => mayRecord(wishes) && wishes.feedbackConsent !== '';

/** Records leave for the place that was agreed to, and for no other: a site that sets another one has to ask again. */
export function maySend(wishes: Wishes, destination: string): boolean {
  return mayRecord(wishes) && destination !== '' && wishes.feedbackConsent === destination;
}
