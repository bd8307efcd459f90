import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Turns } from '#glyph/turned';
import { cropOf, moveCrop, noEdit, shownBox, turnOn, wholeBox } from './crop.ts';
import type { CropPart } from './crop.ts';

const parts: readonly CropPart[] = ['whole', 'start-top', 'end-top', 'start-bottom', 'end-bottom'];
const share = fc.double({ min: 0, max: 1, noNaN: true });
const boxes = fc.tuple(share, share, share, share).map(([a, b, c, d]) => ({
  left: Math.min(a, b),
  right: Math.max(a, b),
  top: Math.min(c, d),
  bottom: Math.max(c, d),
}));

describe('the crop frame', () => {
  it('is the same pixels, whichever way the picture is turned', () => {
    const size = { width: 400, height: 200 };
    const crop = { left: 10, top: 20, right: 110, bottom: 70 };
    let edit = { ...noEdit, crop };
    for (let turn = 0; turn < 4; turn++) {
      expect(cropOf(shownBox(edit, size), edit.turns, size)).toEqual(crop);
      edit = { ...turnOn(edit), crop };
    }
  });

  it('drawn in the upper right of a picture turned once comes from its upper left', () => {
    const size = { width: 400, height: 200 };
    // Clockwise, what was on the left is on top, and what was on top is on the right.
    expect(cropOf({ left: 0.5, top: 0, right: 1, bottom: 0.25 }, 1, size)).toEqual({
      left: 0,
      top: 0,
      right: 100,
      bottom: 100,
    });
  });

  it('as large as the picture is no crop', () => {
    expect(cropOf(wholeBox, 3, { width: 3, height: 4000 })).toBeNull();
    expect(shownBox(noEdit, { width: 3, height: 4000 })).toEqual(wholeBox);
  });

  it('keeps its size when it is pushed against an edge', () => {
    const box = { left: 0.2, top: 0.2, right: 0.5, bottom: 0.6 };
    const pushed = moveCrop(box, 'whole', 2, -2, { width: 0.1, height: 0.1 });
    expect(pushed).toEqual({ left: 0.7, top: 0, right: 1, bottom: 0.39999999999999997 });
  });

  it('always has at least one pixel, all of them in the picture, however it is pulled', () => {
    const sides = fc.integer({ min: 1, max: 5000 });
    const moves = fc.double({ min: -3, max: 3, noNaN: true });
    fc.assert(
      fc.property(
        boxes,
        fc.constantFrom(...parts),
        moves,
        moves,
        fc.record({ width: sides, height: sides }),
        fc.constantFrom<Turns>(0, 1, 2, 3),
        (box, part, dx, dy, size, turns) => {
          const moved = moveCrop(box, part, dx, dy, { width: 0.05, height: 0.05 });
          const crop = cropOf(moved, turns, size) ?? { left: 0, top: 0, right: size.width, bottom: size.height };
          expect(crop.left).toBeGreaterThanOrEqual(0);
          expect(crop.top).toBeGreaterThanOrEqual(0);
          expect(crop.right).toBeLessThanOrEqual(size.width);
          expect(crop.bottom).toBeLessThanOrEqual(size.height);
          expect(crop.right - crop.left).toBeGreaterThanOrEqual(1);
          expect(crop.bottom - crop.top).toBeGreaterThanOrEqual(1);
          expect([crop.left, crop.top, crop.right, crop.bottom].every(Number.isInteger)).toBe(true);
        },
      ),
    );
  });
});
