import { describe, expect, it } from 'vitest';
import { createLearner as learnerBy, SAMPLES_OF_A_LETTER } from './adaptation-learner.ts';
import type { VerifiedLetter } from './adaptation-learner.ts';

/** Shapes are the places that they lie at. */
const createLearner = (classes: number) =>
  learnerBy(names.slice(0, classes), {
    metric: (shape) => Float32Array.from(shape),
    shapes: { axes: ['4 0', '0 4'], between: '1 1', letters: { long: '4 0', short: '-2 4' }, anywhere: 0 },
    lines: { axes: ['10 0'], between: '1', letters: { long: '10', short: '10', middle: '10' }, anywhere: 0.015 },
  });
const names = ['long', 'short', 'middle'];

/** Looks are points on a circle here: near in angle is alike. */
function letter(label: number, angle: number, model: readonly number[]): VerifiedLetter {
  const around = Float32Array.of(Math.cos(angle), Math.sin(angle));
  return { label, look: { embedding: around, shape: around, cue: [1, 1, 1, 0], pen: 1 }, model };
}
/** This hand's first letter, which the model takes for the second. */
const odd = (angle = 0) => letter(0, angle, [0.3, 0.6, 0.1]);
/** A true second letter, far away. */
const plain = (angle = 2) => letter(1, angle, [0.2, 0.7, 0.1]);
const best = (values: ArrayLike<number>) => Array.from(values).indexOf(Math.max(...Array.from(values)));

describe('a letter that the model does not know', () => {
  it('is read right after it was corrected a few times', () => {
    const learner = createLearner(3);
    for (let i = 0; i < 3; i++) learner.learn(odd(i / 50));
    expect(best(learner.read(odd(0.05).look, odd().model))).toBe(0);
    expect(best(learner.read(plain().look, plain().model))).toBe(1);
  });
  it('is read as the model reads it before', () => {
    expect([...createLearner(3).read(odd().look, odd().model)]).toEqual([0.3, 0.6, 0.1]);
  });
});

describe('pictures, which have no line', () => {
  const onPaper = ({ label, look, model }: VerifiedLetter): VerifiedLetter => ({
    label,
    look: { ...look, cue: [0, 0, 0, 0] },
    model,
  });
  it('teach pictures, and drawings are read as before', () => {
    const learner = createLearner(3);
    for (let i = 0; i < 3; i++) learner.learn(onPaper(odd()));
    expect(best(learner.read(onPaper(odd()).look, odd().model))).toBe(0);
    expect([...learner.read(odd().look, odd().model)]).toEqual([0.3, 0.6, 0.1]);
  });
});

describe('the score', () => {
  it('counts each letter before it was learnt from', () => {
    const learner = createLearner(3);
    learner.learn(odd());
    expect(learner.report()).toMatchObject({ verified: 1, letters: 1, wrongBefore: 1, wrongAfter: 1 });
    for (let i = 0; i < 4; i++) learner.learn(odd());
    const { verified, wrongBefore, wrongAfter, helps } = learner.report();
    expect({ verified, wrongBefore, helps }).toEqual({ verified: 5, wrongBefore: 5, helps: true });
    expect(wrongAfter).toBeLessThan(4);
  });
});

describe('learning that harms', () => {
  it('rests, and the model answers alone to the bit', () => {
    const learner = createLearner(3);
    for (let i = 0; i < 4; i++) learner.learn(letter(0, 0, [0.9, 0.05, 0.05]));
    // The same look, and the model knows better than what was learnt.
    for (let i = 0; i < 2; i++) learner.learn(letter(1, 0, [0.4, 0.5, 0.1]));
    const { wrongBefore, wrongAfter, helps } = learner.report();
    expect(wrongAfter).toBeGreaterThan(wrongBefore);
    expect(helps).toBe(false);
    expect([...learner.read(plain(0).look, [0.4, 0.5, 0.1])]).toEqual([0.4, 0.5, 0.1]);
  });
});

describe('many samples of one letter', () => {
  it('keep the newest in mind', () => {
    const learner = createLearner(3);
    for (let i = 0; i < 3; i++) learner.learn(odd(3));
    for (let i = 0; i < SAMPLES_OF_A_LETTER; i++) learner.learn(odd(0));
    // What was learnt first is no longer near to anything that is kept.
    expect(best(learner.read(odd(3).look, [0.3, 0.6, 0.1]))).toBe(1);
    expect(learner.report().verified).toBe(SAMPLES_OF_A_LETTER + 3);
  });
});
