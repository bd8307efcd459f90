import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extremesNear } from './extremes.ts';
import { plainPaper } from './plain-paper.ts';

const side = fc.integer({ min: 1, max: 40 });
const radius = fc.integer({ min: 1, max: 13 });

/** Paper of 240, and some darker marks on it. */
function sheet(width: number, height: number, marks: readonly (readonly [number, number])[]) {
  const data = new Float32Array(width * height).fill(240);
  for (const [place, shade] of marks) data[place % data.length] = shade;
  return { width, height, data };
}

describe('the paper of a drawn sheet', () => {
  it('is what every window sees, wherever it is told at once', () => {
    let told = 0;
    fc.assert(
      fc.property(
        side,
        side,
        radius,
        fc.array(fc.tuple(fc.nat(5000), fc.integer({ min: 0, max: 239 })), { maxLength: 400 }),
        (width, height, near, marks) => {
          const plane = sheet(width, height, marks);
          const level = plainPaper(plane, near);
          if (level === null) return;
          told++;
          expect(extremesNear(plane, near).brightest.data.every((value) => value === level)).toBe(true);
        },
      ),
    );
    expect(told).toBeGreaterThan(10);
  });

  it('is not told where ink fills a window, where there is none, and where it may be light on dark', () => {
    const full = Array.from({ length: 400 }, (_, at) => [at, 20] as const);
    expect(plainPaper(sheet(40, 40, full), 2)).toBeNull();
    expect(plainPaper(sheet(40, 40, []), 13)).toBeNull();
    const lightOnDark = sheet(
      40,
      40,
      Array.from({ length: 1600 }, (_, at) => [at, at % 14 === 0 ? 240 : 20] as const),
    );
    expect(plainPaper(lightOnDark, 13)).toBeNull();
    expect(plainPaper(sheet(40, 40, [[820, 20]]), 13)).toBe(240);
  });
});
