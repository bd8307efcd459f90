import { beforeEach, expect, it } from 'vitest';
import { forgetPassed, passedBefore, rememberPassed } from './passed-tests.ts';
import type { Trial } from './passed-tests.ts';
import { utf8 } from './package.fixture.ts';
import { memoryStore } from './store.ts';
import type { ModelStore } from './store.ts';

const trial: Trial = { file: 'f', goldens: 'g', runtime: 'r', browser: 'b', appBuild: 'a' };
const outcome = { largestError: 0, medianMs: 1.5 };
let store: ModelStore;
beforeEach(() => void (store = memoryStore()));

it('a test that was passed is remembered with what came of it', async () => {
  await rememberPassed(store, trial, outcome);
  expect(await passedBefore(store, trial)).toMatchObject(outcome);
});

it.each(['file', 'goldens', 'runtime', 'browser', 'appBuild'] as const)(
  'and does not count for another %s',
  async (what) => {
    await rememberPassed(store, trial, outcome);
    expect(await passedBefore(store, { ...trial, [what]: 'another' })).toBeNull();
  },
);

it('what is forgotten was never passed, and the others stay', async () => {
  const other = { ...trial, runtime: 'other' };
  await rememberPassed(store, trial, outcome);
  await rememberPassed(store, other, outcome);
  await forgetPassed(store, trial);
  expect([await passedBefore(store, trial), (await passedBefore(store, other))?.medianMs]).toEqual([null, 1.5]);
});

it('the oldest of many is forgotten', async () => {
  for (let n = 0; n < 9; n++) await rememberPassed(store, { ...trial, file: String(n) }, outcome);
  expect(await passedBefore(store, { ...trial, file: '0' })).toBeNull();
  expect(await passedBefore(store, { ...trial, file: '1' })).not.toBeNull();
});

it.each(['{', '{"schemaVersion":2,"tests":[]}', '[]'])('notes that say %s count as none', async (text) => {
  await store.write('passed-tests', text === '{' ? new TextEncoder().encode(text) : utf8(JSON.parse(text)));
  expect(await passedBefore(store, trial)).toBeNull();
});
