import { describe, expect, it } from 'vitest';
import { median, pairedRatio, quantile, summaryOf } from './figures.ts';

describe('figures of a benchmark', () => {
  it('takes the middle of an odd number, and the mean of the two middle ones of an even number', () => {
    expect(median([9, 1, 5])).toBe(5);
    expect(median([9, 1, 5, 7])).toBe(6);
  });

  it('has no figure for nothing', () => {
    expect(median([])).toBeNaN();
  });

  it('finds the slow end between neighbours', () => {
    const hundred = Array.from({ length: 101 }, (_, i) => 100 - i);
    expect(quantile(hundred, 0.95)).toBe(95);
    expect(summaryOf([1, 2])).toEqual({ count: 2, median: 1.5, p95: 1.95, most: 2 });
  });

  it('compares round by round, so that a machine that slows down changes nothing', () => {
    const slowing = [1, 1, 4, 16, 16];
    const theirs = slowing.map((ms) => ms * 2);
    expect(pairedRatio(slowing, theirs)).toEqual({ median: 0.5, low: 0.5, high: 0.5 });
  });

  it('refuses rounds that do not pair', () => {
    expect(() => pairedRatio([1, 2], [1])).toThrow(RangeError);
    expect(() => pairedRatio([], [])).toThrow(RangeError);
  });
});
