/** Pure: whether a backend may answer on this device, judged by what it made of the goldens. */
import { verdictOn } from '#model/verdict';

/** One golden as it went through a backend. */
export type GoldenRun = {
  readonly label: string;
  readonly expected: ArrayLike<number>;
  readonly actual: ArrayLike<number>;
  readonly milliseconds: number;
};

export type SelfTest = {
  readonly passed: boolean;
  /** Largest difference from the expected logits over all goldens; Infinity where an output is not a number at all. */
  readonly largestError: number;
  /** Median over the goldens without the first, which pays for compiling shaders and growing memory. */
  readonly medianMs: number;
  /** What the first failing golden did, for the report; null when all passed. */
  readonly failure: string | null;
};

/**
 * Every golden must come out within the tolerance and name the same best label. A runtime that is silently wrong
 * (seen: fp16 off by 0.6, int8 by 1e7) must never speak to a person. No golden is no proof, and fails.
 */
export function judge(runs: readonly GoldenRun[], tolerance: number): SelfTest {
  let largestError = 0;
  let failure = runs.length === 0 ? 'no golden was run' : null;
  for (const { label, expected, actual } of runs) {
    const { largestError: error, sameTop } = verdictOn(expected, actual);
    largestError = Math.max(largestError, error);
    if (failure !== null) continue;
    // Not "error > tolerance": a tolerance that is not a number allows nothing.
    if (!(error <= tolerance)) failure = `golden ${label}: off by ${error.toPrecision(3)}, ${tolerance} is allowed`;
    else if (!sameTop) failure = `golden ${label}: another label came first`;
  }
  const times = runs.map((run) => run.milliseconds);
  return {
    passed: failure === null,
    largestError,
    medianMs: median(times.length > 1 ? times.slice(1) : times),
    failure,
  };
}

/** 0 for an empty list: there was no time to speak of. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}
