import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceOf, likeness, lookOf, mix as mixBy, placed, ruleFor } from './adaptation.ts';
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
const look = (standing: boolean, at?: number, cue: readonly number[] = onLine) =>
  placed(lookOf(standing ? [1, 0] : [0, 1], bar(standing, at), cue), handMetric());

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
    const { ink, size } = likeness(look(true), look(true));
    expect(ink).toBeCloseTo(1);
    expect(size).toBe(1);
  });
  it('falls with a lower place on the line', () => {
    expect(likeness(look(true), look(true, 28, [1, 1, 1, 0.5])).size).toBeLessThan(0.8);
  });
  it('tells letters without a line by how thick the pen is against them', () => {
    const thin = { ...look(true, 28, [0, 0, 0, 0]), pen: 1 };
    expect(likeness(thin, { ...thin, pen: 1.1 }).size).toBeGreaterThan(0.9);
    expect(likeness(thin, { ...thin, pen: 2 }).size).toBeLessThan(0.1);
  });
  it('says nothing of their size where one has a line and the other has none', () => {
    expect(likeness(look(true), look(true, 28, [0, 0, 0, 0]))).toMatchObject({ size: 0 });
  });
});

describe('the mix', () => {
  const mix = (model: readonly number[], evidence: Parameters<typeof mixBy>[1]) =>
    mixBy(model, evidence, ruleFor(look(true)));
  /** As near in size as in ink. */
  const near = (...both: number[]) => both.map((value) => ({ ink: value, size: value }));
  const model = [0.6, 0.3, 0.1];

  it('is the model to the bit without any sample', () => {
    expect([...mix(model, evidenceOf([], [], 3))]).toEqual(model);
  });
  it('reads a letter like the samples of the second as the second', () => {
    const mixed = mix(model, evidenceOf(near(0.98, 0.97, 0.98, 0.4, 0.4), [1, 1, 1, 0, 2], 3));
    expect(mixed.indexOf(Math.max(...mixed))).toBe(1);
  });
  it('leaves the model its way where no letter’s samples are nearer than another’s', () => {
    const mixed = mix(model, evidenceOf(near(0.2, 0.2, 0.2), [0, 1, 2], 3));
    expect(mixed.indexOf(Math.max(...mixed))).toBe(0);
  });
  it('leans more on three samples than on one', () => {
    const one = mix(model, evidenceOf(near(0.97), [1], 3))[1]!;
    const three = mix(model, evidenceOf(near(0.97, 0.97, 0.97), [1, 1, 1], 3))[1]!;
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
          3,
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
            3,
          ),
        );
        const turned = drawn.toReversed();
        const back = mix(
          model,
          evidenceOf(
            near(...turned.map(([s]) => s)),
            turned.map(([, l]) => l),
            3,
          ),
        );
        there.forEach((p, i) => expect(p).toBeCloseTo(back[i]!, 9));
      }),
    );
  });
});
