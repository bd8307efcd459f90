import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PictureSource } from './luma.ts';
import { pixelsSource } from './luma.ts';
import { boxBeforeTurn, turnedSource } from './turned.ts';
import type { Turns } from './turned.ts';

const turnsOf = fc.constantFrom<Turns>(0, 1, 2, 3);

/** Every pixel has its own shade. */
function shades(width: number, height: number): PictureSource {
  const data = new Uint8Array(width * height * 4).fill(255);
  for (let at = 0; at < width * height; at++) data.fill(at, at * 4, at * 4 + 3);
  return pixelsSource({ width, height, data });
}

const whole = ({ width, height }: PictureSource) => ({ left: 0, top: 0, right: width, bottom: height });
const read = (source: PictureSource): number[] => [...source.luma(whole(source), 64, 'on-white').data];

describe('a turned picture', () => {
  it('has its first row on the right after one turn clockwise', () => {
    const turned = turnedSource(shades(3, 2), 1);
    expect([turned.width, turned.height]).toEqual([2, 3]);
    expect(read(turned)).toEqual([3, 0, 4, 1, 5, 2]);
  });

  it('stands on its head after two, and is itself after as many as make it whole', () => {
    expect(read(turnedSource(shades(3, 2), 2))).toEqual([5, 4, 3, 2, 1, 0]);
    expect(read(turnedSource(turnedSource(shades(3, 2), 1), 3))).toEqual([0, 1, 2, 3, 4, 5]);
    expect(read(turnedSource(turnedSource(shades(3, 2), 2), 2))).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('shows in any box what a turn of everything shows there', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), turnsOf, (width, height, turns) => {
        const turned = turnedSource(shades(width, height), turns);
        const all = read(turned);
        for (let y = 0; y < turned.height; y++) {
          for (let x = 0; x < turned.width; x++) {
            const one = turned.luma({ left: x, top: y, right: x + 1, bottom: y + 1 }, 64, 'on-white');
            expect(one.data[0]).toBe(all[y * turned.width + x]);
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
