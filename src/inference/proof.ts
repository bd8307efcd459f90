import { forgetPassed, passedBefore, rememberPassed } from '#model/passed-tests';
import type { Trial } from '#model/passed-tests';
import type { ModelStore } from '#model/store';
import type { SelfTest } from './self-test.ts';

/** again: where the word of an earlier visit was taken, the same test in a calm moment of this one. */
export type Proof = SelfTest & { readonly again?: () => Promise<SelfTest> };

type Proving = {
  readonly store: ModelStore;
  /** Null: this backend shows every time what it can. */
  readonly trial: Trial | null;
  readonly calm: Promise<void>;
  /** Brings what the test needs, and gives the test. */
  readonly prepare: () => Promise<() => Promise<SelfTest>>;
};

/**
 * The self-test of a backend. Where exactly this trial was passed on this device it counts as passed at once, and is run
 * after the first answer. From then on until it is passed anew nothing is remembered of it, so that a test that fails, or
 * takes the whole thread down with it, stands before the first answer of the next visit.
 */
export async function prove({ store, trial, calm, prepare }: Proving): Promise<Proof> {
  if (trial === null) return (await prepare())();
  const testAndRemember = async (test: () => Promise<SelfTest>): Promise<SelfTest> => {
    const outcome = await test();
    // A device that keeps nothing tests in every visit.
    if (outcome.passed) await rememberPassed(store, trial, outcome).catch(() => undefined);
    return outcome;
  };
  const before = await passedBefore(store, trial).catch(() => null);
  if (before === null) return testAndRemember(await prepare());
  const { largestError, medianMs } = before;
  const word: SelfTest = { passed: true, largestError, medianMs, failure: null };
  const again = async (): Promise<SelfTest> => {
    await calm;
    // Without its goldens, which the browser may have thrown away, a backend is neither better nor worse.
    const test = await prepare().catch(() => null);
    if (test === null) return word;
    await forgetPassed(store, trial).catch(() => undefined);
    return testAndRemember(test);
  };
  return { ...word, again };
}
