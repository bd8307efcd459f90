import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceOf as evidenceBy, likeness, lookOf, mix as mixBy, placed, ruleFor } from './adaptation.ts';
import { handMetric } from './adaptation-metric.ts';
import { ofLengthOne, shapeOf } from './adaptation-shape.ts';

const side = 64;
/** A bar of ink, standing or lying, as a raster. */
function bar(standing: boolean, at = 28): { width: number; height: number; data: Uint8Array } {
  const data = new Uint8Array(side * side);
  for (let along = 8; along < 56; along++) {
    for (let across = at; across < at + 6; across++)
      data[standing ? along * side + across : across * side + along] = 255;
  }
  return { width: side, height: side, data };
}
const dot = (a: Float32Array, b: Float32Array): number => a.reduce((sum, value, i) => sum + value * b[i]!, 0);
const onLine = [1, 1, 1, 0];
const look = (standing: boolean) => placed(lookOf(standing ? [1, 0] : [0, 1], bar(standing), onLine), handMetric());

describe('the shape of the ink', () => {
  it('has length 1 and stays nearly the same when it moves by a pixel', () => {
    const shape = shapeOf(bar(true));
    expect(dot(shape, shape)).toBeCloseTo(1);
    expect(dot(shape, shapeOf(bar(true, 29)))).toBeGreaterThan(0.95);
  });
  it('tells a standing bar from a lying one', () => {
    expect(dot(shapeOf(bar(true)), shapeOf(bar(false)))).toBeLessThan(0.5);
  });
  it('is all zeros for a raster without ink', () => {
    expect(shapeOf({ width: side, height: side, data: new Uint8Array(side * side) }).every((v) => v === 0)).toBe(true);
    expect(ofLengthOne([0, 0])).toEqual(new Float32Array(2));
  });
});

describe('likeness', () => {
  it('is 1 with itself', () => {
    const { ink, pen } = likeness(look(true), look(true));
    expect(ink).toBeCloseTo(1);
    expect(pen).toBe(1);
  });
  it('falls with a pen that is thicker against the letter', () => {
    const thin = { ...look(true), pen: 1 };
    expect(likeness(thin, { ...thin, pen: 1.1 }).pen).toBeGreaterThan(0.9);
    expect(likeness(thin, { ...thin, pen: 2 }).pen).toBeLessThan(0.1);
  });
});

describe('the mix', () => {
  const mix = (model: readonly number[], evidence: Parameters<typeof mixBy>[1]) =>
    mixBy(model, evidence, ruleFor(look(true)));
  const near = (...both: number[]) => both.map((value) => ({ ink: value, pen: value }));
  const model = [0.6, 0.3, 0.1];
  /** Three letters; line: what the samples say of its place, nothing if not given. */
  const evidenceOf = (
    likenesses: Parameters<typeof evidenceBy>[0],
    labels: readonly number[],
    line = new Float64Array(3),
    shape = new Float64Array(3),
  ) => evidenceBy(likenesses, labels, { shape, line });

  it('is the model to the bit without any sample', () => {
    expect([...mix(model, evidenceOf([], []))]).toEqual(model);
  });
  it('reads a letter like the samples of the second as the second', () => {
    const mixed = mix(model, evidenceOf(near(0.98, 0.97, 0.98, 0.4, 0.4), [1, 1, 1, 0, 2]));
    expect(mixed.indexOf(Math.max(...mixed))).toBe(1);
  });
  it('leaves the model its way where no letter’s samples are nearer than another’s', () => {
    const mixed = mix(model, evidenceOf(near(0.2, 0.2, 0.2), [0, 1, 2]));
    expect(mixed.indexOf(Math.max(...mixed))).toBe(0);
  });
  it('follows the line between two letters of like ink, and leaves the pen aside then', () => {
    const alike = evidenceOf(near(0.9, 0.9), [0, 1], Float64Array.of(-1.5, 1.5, 0));
    expect(mix([0.55, 0.35, 0.1], alike)[1]).toBeGreaterThan(0.7);
    const { size } = evidenceOf([{ ink: 0.9, pen: 1 }], [0]);
    expect([...size]).toEqual([0, 0, 0]);
  });
  it('follows the shape between two letters of like ink', () => {
    const alike = evidenceOf(near(0.9, 0.9), [0, 1], undefined, Float64Array.of(-20, 20, 0));
    expect(mix([0.55, 0.35, 0.1], alike)[1]).toBeGreaterThan(0.8);
  });
  it('leans more on three samples than on one', () => {
    const one = mix(model, evidenceOf(near(0.97), [1]))[1]!;
    const three = mix(model, evidenceOf(near(0.97, 0.97, 0.97), [1, 1, 1]))[1]!;
    expect(three).toBeGreaterThan(one);
    expect(one).toBeGreaterThan(0.3);
  });
  it('gives probabilities, whatever the samples', () => {
    const labelled = fc.array(fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.integer({ min: 0, max: 2 })));
    fc.assert(
      fc.property(labelled, fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)), (samples, [a, b, c]) => {
        const whole = a + b + c + 3;
        const evidence = evidenceOf(
          near(...samples.map(([s]) => s)),
          samples.map(([, label]) => label),
        );
        const mixed = mix([(a + 1) / whole, (b + 1) / whole, (c + 1) / whole], evidence);
        expect(mixed.reduce((sum, p) => sum + p, 0)).toBeCloseTo(1, 9);
        expect(mixed.every((p) => p >= 0)).toBe(true);
      }),
    );
  });
  it('does not care for the order of the samples', () => {
    const samples = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.integer({ min: 0, max: 2 })));
    fc.assert(
      fc.property(samples, (drawn) => {
        const there = mix(
          model,
          evidenceOf(
            near(...drawn.map(([s]) => s)),
            drawn.map(([, l]) => l),
          ),
        );
        const turned = drawn.toReversed();
        const back = mix(
          model,
          evidenceOf(
            near(...turned.map(([s]) => s)),
            turned.map(([, l]) => l),
          ),
        );
        there.forEach((p, i) => expect(p).toBeCloseTo(back[i]!, 9));
      }),
    );
  });
});
