import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Box } from './ink.ts';
import { lookAt } from './looking.ts';
import type { Looking } from './looking.ts';
import type { PictureSource } from './luma.ts';
import { pixelsSource } from './luma.ts';
import { boxBeforeTurn, turned, turnedSize } from './turned.ts';
import type { Turns } from './turned.ts';

const turnsOf = fc.constantFrom<Turns>(0, 1, 2, 3);

/** Every pixel has its own shade. */
function shades(width: number, height: number): PictureSource {
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at++) data.fill(at, at * 4, at * 4 + 3);
  return pixelsSource({ width, height, data });
}

function* shadesIn(box: Box): Looking<number[]> {
  const luma = yield { box, maxSide: 64, mode: 'on-white' };
  return [...luma.data];
}

/** What is to be seen of a picture in a box of what it becomes when it is turned; of all of it without one. */
function read(source: PictureSource, turns: Turns, box?: Box): number[] {
  const { width, height } = turnedSize(source, turns);
  const whole = { left: 0, top: 0, right: width, bottom: height };
  return lookAt(source, turned(shadesIn(box ?? whole), source, turns));
}

describe('a turned picture', () => {
  it('has its first row on the right after one turn clockwise', () => {
    expect(turnedSize(shades(3, 2), 1)).toEqual({ width: 2, height: 3 });
    expect(read(shades(3, 2), 1)).toEqual([3, 0, 4, 1, 5, 2]);
  });

  it('stands on its head after two, and is itself after as many as make it whole', () => {
    expect(read(shades(3, 2), 2)).toEqual([5, 4, 3, 2, 1, 0]);
    const all = { left: 0, top: 0, right: 3, bottom: 2 };
    const before = { width: 3, height: 2 };
    const twice = (first: Turns, second: Turns) =>
      turned(turned(shadesIn(all), turnedSize(before, first), second), before, first);
    expect(lookAt(shades(3, 2), twice(1, 3))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(lookAt(shades(3, 2), twice(2, 2))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('shows in any box what a turn of everything shows there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), turnsOf, (width, height, turns) => {
        const source = shades(width, height);
        const all = read(source, turns);
        const size = turnedSize(source, turns);
        for (let y = 0; y < size.height; y++) {
          for (let x = 0; x < size.width; x++) {
            const one = read(source, turns, { left: x, top: y, right: x + 1, bottom: y + 1 });
            expect(one[0]).toBe(all[y * size.width + x]);
          }
        }
      }),
    );
  });

  it('keeps the area of a box', () => {
    const before = boxBeforeTurn({ left: 1, top: 2, right: 4, bottom: 9 }, { width: 20, height: 10 }, 3);
    expect(before).toEqual({ left: 11, top: 1, right: 18, bottom: 4 });
  });
});
