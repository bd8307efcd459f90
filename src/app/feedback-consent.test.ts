import { expect, test } from 'vitest';
import type { SyncTarget } from '#feedback/sync-contract';
import { destinationOf, hasAgreedToSend, mayRecord, maySend } from './feedback-consent.ts';

const page = 'https://letters.example.org/ktav/';
const targetAt = (baseUrl: string): SyncTarget => ({
  profile: 'nginx',
  baseUrl,
  app: 'ktav',
  headers: {},
  capBytes: 2_000_000,
  gzip: false,
});

test('a destination is where it is, however it is written, and its query is nobody’s business', () => {
  expect(destinationOf(targetAt('/inbox'), page)).toBe('https://letters.example.org/inbox');
  expect(destinationOf(targetAt('https://letters.example.org/inbox?key=1'), page)).toBe(
    'https://letters.example.org/inbox',
  );
  expect(destinationOf(null, page)).toBe('');
});

test('nothing is recorded without consent, nor while it is off', () => {
  expect(mayRecord({ feedback: true, feedbackConsent: null })).toBe(false);
  expect(mayRecord({ feedback: false, feedbackConsent: '' })).toBe(false);
  expect(mayRecord({ feedback: true, feedbackConsent: '' })).toBe(true);
});

test('who agreed to records that stay here has not agreed to send them', () => {
  expect(hasAgreedToSend({ feedback: true, feedbackConsent: '' })).toBe(false);
  expect(hasAgreedToSend({ feedback: true, feedbackConsent: 'https://letters.example.org/inbox' })).toBe(true);
  expect(hasAgreedToSend({ feedback: false, feedbackConsent: 'https://letters.example.org/inbox' })).toBe(false);
});

test('nothing leaves for a place that was not agreed to', () => {
  const agreed = 'https://letters.example.org/inbox';
  expect(maySend({ feedback: true, feedbackConsent: agreed }, agreed)).toBe(true);
  expect(maySend({ feedback: false, feedbackConsent: agreed }, agreed)).toBe(false);
  expect(maySend({ feedback: true, feedbackConsent: agreed }, 'https://elsewhere.example.org/inbox')).toBe(false);
  expect(maySend({ feedback: true, feedbackConsent: '' }, agreed)).toBe(false);
  expect(maySend({ feedback: true, feedbackConsent: '' }, '')).toBe(false);
});
