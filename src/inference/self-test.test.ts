import { describe, expect, it } from 'vitest';
import { judge, median } from './self-test.ts';

const run = (expected: number[], actual: number[], milliseconds = 1) => ({
  label: 'alef',
  expected,
  actual,
  milliseconds,
});

describe('a backend passes its self-test', () => {
  it('when every logit is within the tolerance', () => {
    const test = judge([run([1, 2], [1.0005, 2]), run([5, 2], [5, 1.9991])], 1e-3);
    expect(test).toMatchObject({ passed: true, failure: null });
    expect(test.largestError).toBeCloseTo(9e-4, 6);
  });

  it('with a tolerance of 0 when the numbers are those of the same float32', () => {
    expect(judge([run([0.1, 0.2], [...Float32Array.of(0.1, 0.2)])], 0).passed).toBe(true);
  });

  it('with the median of its times, the first left out', () => {
    const times = [900, 3, 1, 2].map((milliseconds) => run([1, 2], [1, 2], milliseconds));
    expect(judge(times, 0).medianMs).toBe(2);
  });
});

describe('a backend fails its self-test', () => {
  it.each([
    ['off by more than the tolerance', [1, 2], [1, 2.01], 1e-3],
    ['not a number', [1, 2], [Number.NaN, 2], 1e9],
    ['infinite', [1, 2], [1, Infinity], 1e9],
    ['too short', [1, 2], [1], 1e9],
    ['silent', [1, 2], [], 1e9],
    ['another label first', [1, 1.001], [1.001, 1], 0.1],
    ['given no tolerance', [1, 2], [1, 2], Number.NaN],
  ])('%s', (_, expected, actual, tolerance) => {
    const test = judge([run([1, 2], [1, 2]), run(expected, actual)], tolerance);
    expect(test.passed).toBe(false);
    expect(test.failure).toContain('alef');
  });

  it('when there was no golden to run', () => {
    expect(judge([], 1).passed).toBe(false);
  });
});

describe('median', () => {
  it('is the middle, the mean of the two middles, or 0 for nothing', () => {
    expect(median([3, 1, 2])).toBe(2);
    expect(median([4, 1, 2, 3])).toBe(2.5);
    expect(median([])).toBe(0);
  });
});
