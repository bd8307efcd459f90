import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { freeEnergy, nothingToRead, predict, probabilities } from './prediction.ts';
import type { Decision } from './prediction.ts';

const always: Decision = { temperature: 1.3, unsure: { minProbability: 0 }, reject: { minEnergy: -1e9 } };
const labelled = fc
  .array(fc.double({ min: -500, max: 500, noNaN: true }), { minLength: 2, maxLength: 40 })
  .map((logits) => ({ logits, labels: logits.map((_, i) => `label-${i}`) }));

describe('probabilities', () => {
  it('add up to 1 and stay within 0 and 1, however large the logits', () => {
    fc.assert(
      fc.property(labelled, fc.double({ min: 0.05, max: 20, noNaN: true }), ({ logits }, temperature) => {
        const shares = probabilities(logits, temperature);
        expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 9);
        expect(shares.every((share) => share >= 0 && share <= 1)).toBe(true);
      }),
    );
  });

  it('do not change when every logit grows by the same amount', () => {
    fc.assert(
      fc.property(labelled, fc.integer({ min: -1000, max: 1000 }), ({ logits }, shift) => {
        const moved = probabilities(
          logits.map((logit) => logit + shift),
          1,
        );
        probabilities(logits, 1).forEach((share, i) => expect(moved[i]).toBeCloseTo(share, 9));
      }),
    );
  });

  it('are those of a softmax worked out by hand', () => {
    const [first, second] = probabilities([Math.log(3) * 2, 0], 2);
    expect(first).toBeCloseTo(0.75, 12);
    expect(second).toBeCloseTo(0.25, 12);
  });

  it.each([[[1, Number.NaN]], [[Infinity, 1]], [[]]])('are refused for logits %j', (logits) => {
    expect(() => probabilities(logits, 1)).toThrow(RangeError);
  });

  it('are refused for a temperature of 0', () => {
    expect(() => probabilities([1, 2], 0)).toThrow(RangeError);
  });
});

describe('free energy', () => {
  it('is log Σ exp, also where exp would overflow', () => {
    expect(freeEnergy([0, 0, 0, 0])).toBeCloseTo(Math.log(4), 12);
    expect(freeEnergy([2000, 2000])).toBeCloseTo(2000 + Math.log(2), 9);
  });

  it('lies between the largest logit and the largest plus log of their number', () => {
    fc.assert(
      fc.property(labelled, ({ logits }) => {
        const largest = Math.max(...logits);
        const energy = freeEnergy(logits);
        expect(energy).toBeGreaterThanOrEqual(largest);
        expect(energy).toBeLessThanOrEqual(largest + Math.log(logits.length) + 1e-9);
      }),
    );
  });
});

describe('predict', () => {
  it('sorts the candidates, keeps every label once, and names the label of the largest logit', () => {
    fc.assert(
      fc.property(labelled, ({ logits, labels }) => {
        const { kind, candidates } = predict(logits, labels, always);
        expect(kind).toBe('letter');
        expect(candidates.map(({ label }) => label).toSorted()).toEqual(labels.toSorted());
        candidates.slice(1).forEach(({ probability }, i) => {
          expect(probability).toBeLessThanOrEqual(candidates[i]?.probability ?? 0);
        });
        expect(candidates.reduce((sum, { probability }) => sum + probability, 0)).toBeCloseTo(1, 9);
        const best = candidates[0]?.label ?? '';
        expect(logits[labels.indexOf(best)]).toBeCloseTo(Math.max(...logits), 6);
      }),
    );
  });

  it('is not sure below the probability that the manifest asks for, and still offers candidates', () => {
    const decision = { ...always, temperature: 1, unsure: { minProbability: 0.8 } };
    const unsure = predict([Math.log(3), 0], ['alef', 'bet'], decision);
    expect(unsure).toMatchObject({ kind: 'abstention', reason: 'unsure' });
    expect(unsure.candidates.map(({ label }) => label)).toEqual(['alef', 'bet']);
    expect(predict([Math.log(5), 0], ['alef', 'bet'], decision)).toMatchObject({ kind: 'letter', label: 'alef' });
  });

  it('says "not a letter" before "unsure" where no class speaks for the input', () => {
    const decision = { temperature: 1, unsure: { minProbability: 0.99 }, reject: { minEnergy: 3 } };
    expect(predict([1, 1], ['alef', 'bet'], decision)).toMatchObject({ reason: 'not-a-letter' });
    expect(predict([4, 4], ['alef', 'bet'], decision)).toMatchObject({ reason: 'unsure' });
  });

  it('refuses logits that do not fit the labels', () => {
    expect(() => predict([1, 2, 3], ['alef', 'bet'], always)).toThrow(RangeError);
  });

  it.each(['blank', 'noise', 'solid'] as const)(
    'passes the reason %s through where there was nothing to read',
    (reason) => {
      expect(nothingToRead(reason)).toEqual({ kind: 'abstention', reason, candidates: [] });
    },
  );
});
