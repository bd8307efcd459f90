import { describe, expect, test } from 'vitest';
import type { Answer, Prediction } from '#inference/answer';
import { candidatesOf, hooksOf, surenessOf } from './reading-view.ts';

const answerTo = (prediction: Prediction): Answer => ({
  prediction,
  raster: null,
  cue: null,
  inkBox: null,
  receipt: {
    model: 'hebrew-letters',
    version: '1.2.3',
    fileHash: '',
    backend: 'webgl',
    preprocess: 1,
    appBuild: 'test',
  },
  embedding: null,
  timing: { preprocess: 0, inference: 0, total: 0 },
});
const candidates = ['alef', 'bet', 'gimel', 'dalet', 'he', 'vav'].map((label, i) => ({
  label,
  probability: 0.5 / (i + 1),
}));
const alef = answerTo({ kind: 'letter', label: 'alef', probability: 0.123456789012345, candidates });
const unsure = answerTo({ kind: 'abstention', reason: 'unsure', candidates });

describe('the hooks of a prediction', () => {
  test('a letter says all of it, the probability in full precision', () => {
    expect(hooksOf({ kind: 'answered', answer: alef, request: 7 })).toEqual({
      'data-state': 'ready',
      'data-label': 'alef',
      'data-probability': 0.123456789012345,
      'data-model': 'hebrew-letters@1.2.3',
      'data-backend': 'webgl',
      'data-request': 7,
    });
  });

  test('an abstention names a reason and no letter', () => {
    const hooks = hooksOf({ kind: 'answered', answer: unsure, request: 8 });
    expect(hooks).toMatchObject({ 'data-state': 'abstained', 'data-reason': 'unsure', 'data-request': 8 });
    expect(hooks).not.toHaveProperty('data-label');
  });

  test('while a newer answer is on its way the state is loading, and the old answer keeps its number', () => {
    const hooks = hooksOf({ kind: 'loading', last: { answer: alef, request: 7 } });
    expect(hooks).toMatchObject({ 'data-state': 'loading', 'data-label': 'alef', 'data-request': 7 });
  });

  test('failures of the engine and refusals of a picture are errors with a code', () => {
    expect(hooksOf({ kind: 'failed', code: 'offline' })).toEqual({ 'data-state': 'error', 'data-error': 'offline' });
    const message = { happened: '', kept: '', next: '' };
    expect(hooksOf({ kind: 'refused', code: 'empty-file', message })).toEqual({
      'data-state': 'error',
      'data-error': 'empty-file',
    });
  });
});

test('five candidates are shown at first, all on request, none without an answer', () => {
  expect(candidatesOf(alef, false)).toHaveLength(5);
  expect(candidatesOf(alef, true)).toHaveLength(6);
  expect(candidatesOf(null, true)).toEqual([]);
});

test('sureness in words follows the probability', () => {
  expect([0.99, 0.95, 0.94, 0.75, 0.6].map(surenessOf)).toEqual([
    'sure',
    'sure',
    'fairlySure',
    'fairlySure',
    'leaning',
  ]);
});
