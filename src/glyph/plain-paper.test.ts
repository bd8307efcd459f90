import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { extremesNear } from './extremes.ts';
import { plainPaper } from './plain-paper.ts';

const side = fc.integer({ min: 1, max: 40 });
const radius = fc.integer({ min: 1, max: 13 });

type Mark = { readonly left: number; readonly top: number; readonly side: number; readonly shade: number };
const mark = fc.record<Mark>({
  left: fc.nat(39),
  top: fc.nat(39),
  side: fc.integer({ min: 1, max: 25 }),
  shade: fc.nat(239),
});

/** Paper of 240, and square darker marks on it. */
function sheet(width: number, height: number, marks: readonly Mark[]) {
  const data = Float32Array.from({ length: width * height }, (_, at) => {
    const x = at % width;
    const y = (at - x) / width;
    const covers = (one: Mark): boolean =>
      x >= one.left && y >= one.top && x < one.left + one.side && y < one.top + one.side;
    return marks.find(covers)?.shade ?? 240;
  });
  return { width, height, data };
}

describe('the paper of a drawn sheet', () => {
  it('is what every window sees, wherever it is told at once', () => {
    let told = 0;
    fc.assert(
      fc.property(side, side, radius, fc.array(mark, { maxLength: 6 }), (width, height, near, marks) => {
        const plane = sheet(width, height, marks);
        const level = plainPaper(plane, near);
        if (level === null) return;
        told++;
        expect(extremesNear(plane, near).brightest.data.every((value) => value === level)).toBe(true);
      }),
      { numRuns: 600 },
    );
    expect(told).toBeGreaterThan(10);
  });

  it('is not told where ink fills a window, where there is none, and where it may be light on dark', () => {
    const dark = { left: 10, top: 10, side: 12, shade: 20 };
    expect(plainPaper(sheet(40, 40, [dark]), 13)).toBe(240);
    expect(plainPaper(sheet(40, 40, [dark]), 4)).toBeNull();
    expect(plainPaper(sheet(40, 40, []), 13)).toBeNull();
    const lightOnDark = sheet(42, 42, []);
    for (let at = 0; at < lightOnDark.data.length; at++) if (at % 14 !== 0) lightOnDark.data[at] = 20;
    expect(plainPaper(lightOnDark, 13)).toBeNull();
  });
});
