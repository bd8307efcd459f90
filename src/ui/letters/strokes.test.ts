import { expect, test } from 'vitest';
import { alphabet } from '#app/alphabet';
import { BASELINE, HEADLINE } from '#app/sheet';
import { exampleOf } from './strokes.ts';

test('every letter has an example that lies on the sheet and takes its time', () => {
  for (const { label } of alphabet) {
    const ink = exampleOf(label);
    expect(ink.length, label).toBeGreaterThan(0);
    const points = ink.flat();
    for (const { x, y } of points) {
      expect(x > 0 && x < 1 && y > 0 && y < 1, label).toBe(true);
    }
    const times = points.map(({ t }) => t);
    expect(times, label).toEqual(times.toSorted((a, b) => a - b));
  }
});

test('letters stand on the lines: yod hangs high and short, lamed reaches above, final nun reaches below', () => {
  const reach = (label: string) => {
    const ys = exampleOf(label)
      .flat()
      .map(({ y }) => y);
    return { top: Math.min(...ys), bottom: Math.max(...ys) };
  };
  const line = BASELINE - HEADLINE;
  expect(reach('yod').bottom - reach('yod').top).toBeLessThan(0.6 * line);
  expect(reach('lamed').top).toBeLessThan(HEADLINE - 0.2 * line);
  expect(reach('final-nun').bottom).toBeGreaterThan(BASELINE + 0.2 * line);
});

test('a label that is no letter has no example', () => {
  expect(exampleOf('hasOwnProperty')).toEqual([]);
  expect(exampleOf('ampersand')).toEqual([]);
});
