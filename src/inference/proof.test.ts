import { beforeEach, expect, it } from 'vitest';
import { passedBefore } from '#model/passed-tests';
import { memoryStore } from '#model/store';
import type { ModelStore } from '#model/store';
import { prove } from './proof.ts';
import type { SelfTest } from './self-test.ts';

const trial = { file: 'f', goldens: 'g', runtime: 'r', browser: 'b', appBuild: 'a' };
const good: SelfTest = { passed: true, largestError: 0, medianMs: 1.5, failure: null };
const bad: SelfTest = { passed: false, largestError: 0.6, medianMs: 1.5, failure: 'golden alef: off by 0.6' };

let store: ModelStore;
let runs: number;
beforeEach(() => {
  store = memoryStore();
  runs = 0;
});
const proof = (outcome: SelfTest = good, calm = Promise.resolve()) =>
  prove({ store, trial, calm, prepare: async () => async () => (runs++, outcome) });

it('the first time a backend is tested before it may answer', async () => {
  expect(await proof()).toEqual(good);
  expect(runs).toBe(1);
});

it('what passed on an earlier visit passes at once, and is tested when calm comes', async () => {
  await proof();
  let come = (): void => undefined;
  const later = await proof(good, new Promise((resolve) => (come = resolve)));
  expect([later, runs]).toEqual([{ ...good, again: expect.any(Function) }, 1]);
  const again = later.again?.();
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(runs).toBe(1);
  come();
  expect(await again).toEqual(good);
  expect((await proof()).again).toBeDefined();
});

it('a test that fails is not remembered, the first time or the second', async () => {
  expect(await proof(bad)).toEqual(bad);
  expect(await proof(bad)).toEqual(bad);
  await proof(good);
  expect(await (await proof(bad)).again?.()).toEqual(bad);
  expect(await proof(bad)).toEqual(bad);
});

it('a thread that dies under the second test leaves nothing behind that speaks for the backend', async () => {
  await proof();
  const prepare = async () => () => Promise.reject(new Error('gone'));
  const dying = await prove({ store, trial, calm: Promise.resolve(), prepare });
  await expect(dying.again?.()).rejects.toThrow('gone');
  expect(await passedBefore(store, trial)).toBeNull();
});

it('a device that keeps nothing tests in every visit', async () => {
  store = { ...store, write: () => Promise.reject(new Error('full')) };
  expect(await proof()).toEqual(good);
  expect(await proof()).toEqual(good);
  expect(runs).toBe(2);
});

it('goldens that are not to be had say nothing against a backend that passed', async () => {
  await proof();
  const prepare = () => Promise.reject(new Error('offline'));
  const later = await prove({ store, trial, calm: Promise.resolve(), prepare });
  expect(await later.again?.()).toEqual(good);
  expect(await passedBefore(store, trial)).not.toBeNull();
});

it('a backend without a trial of its own shows every time what it can', async () => {
  for (let visit = 0; visit < 2; visit++) {
    const prepare = async () => async () => (runs++, good);
    expect(await prove({ store, trial: null, calm: Promise.resolve(), prepare })).toEqual(good);
  }
  expect(runs).toBe(2);
});
