import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { witnessOf } from './adaptation-usual.ts';
import type { Usual } from './adaptation-usual.ts';
import { handLines } from './hand-lines.ts';

/** One number, in which letters waver by 1 and hands differ by 2. */
const usual: Usual = { axes: ['1'], between: '4', letters: { short: '0', long: '10' }, anywhere: 0.015 };
const { says } = witnessOf(usual, ['short', 'long', 'rune']);
/** As says(), of plain numbers. */
const witness = (samples: readonly number[], labels: readonly number[]) => {
  const by = says(
    samples.map((one) => Float64Array.of(one)),
    labels,
  );
  return (at: number) => by(Float64Array.of(at));
};
const near = fc.double({ min: -3, max: 13, noNaN: true });

describe('a hand that writes a letter longer than others do', () => {
  it('makes a long one more probable to be that letter, and a usual one less, the more so the more samples there are', () => {
    const once = witness([4], [0]);
    const often = witness([4, 4, 4], [0, 0, 0]);
    expect(once(4)[0]).toBeGreaterThan(0.3);
    expect(often(4)[0]).toBeGreaterThan(once(4)[0]!);
    expect(once(0)[0]).toBeLessThan(0);
    expect(often(0)[0]).toBeLessThan(once(0)[0]!);
  });
  it('says nothing of letters that have no sample', () => {
    expect([...witness([4], [0])(4)].slice(1)).toEqual([0, 0]);
    expect([...witness([], [])(4)]).toEqual([0, 0, 0]);
  });
  it('keeps samples of no known letter out', () => {
    expect([...witness([4], [-1])(4)]).toEqual([0, 0, 0]);
  });
});

describe('what samples say', () => {
  it('is a ratio of two densities, that of a normal mean with a normal prior', () => {
    // After 3 at 2: mean 3 · 4 · 2 / 13, and 4 / 13 of the 4 are left. What is anywhere hardly counts so near.
    const density = (at: number, mean: number, variance: number) =>
      Math.exp(-((at - mean) ** 2) / 2 / variance) / Math.sqrt(variance) + 0.015;
    const expected = Math.log(density(1, 24 / 13, 1 + 4 / 13) / density(1, 0, 5));
    expect(witness([2, 2, 2], [0, 0, 0])(1)[0]).toBeCloseTo(expected, 9);
  });
  it('is bounded, whatever was written wherever', () => {
    const all = witnessOf(handLines, Object.keys(handLines.letters));
    const place = fc.tuple(fc.double({ min: 0, max: 3, noNaN: true }), fc.double({ min: -3, max: 3, noNaN: true }));
    fc.assert(
      fc.property(fc.array(fc.tuple(place, fc.nat(26)), { maxLength: 60 }), place, (samples, at) => {
        const says = all.says(
          samples.map(([sample]) => all.along(sample)),
          samples.map(([, label]) => label),
        );
        expect(says(all.along(at)).every((one) => Math.abs(one) < 4.3)).toBe(true);
      }),
    );
  });
  it('does not care for the order of the samples', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(near, fc.nat(2))), near, (drawn, at) => {
        const says = (samples: typeof drawn) =>
          witness(
            samples.map(([value]) => value),
            samples.map(([, label]) => label),
          )(at);
        const back = says(drawn.toReversed());
        says(drawn).forEach((one, i) => expect(one).toBeCloseTo(back[i]!, 9));
      }),
    );
  });
});

describe('a letter of another alphabet', () => {
  it('may lie where any letter may, and is learnt at once', () => {
    const says = witness([20], [2]);
    expect(says(20)[2]).toBeGreaterThan(1);
    expect(says(0)[2]).toBeLessThan(-1);
  });
});
