import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inkOf, mapPoints, strokeOf } from './ink.fixture.ts';
import type { Ink, LineHeight, WritingLine } from './ink.ts';
import { apart, glyphOf } from './seen.fixture.ts';
import { spec } from './spec.fixture.ts';
import { glyphFromInk } from './strokes.ts';

const read = (ink: Ink, line: WritingLine | LineHeight | null = null) => glyphOf(glyphFromInk(ink, line, spec));
const bytesOf = (ink: Ink) => read(ink).raster.data;
const someRuns = { numRuns: 60 };

describe('ink on its way to the raster', () => {
  it('does not know where it was written, nor its line', () => {
    fc.assert(
      fc.property(inkOf, fc.integer({ min: -900, max: 900 }), fc.integer({ min: -900, max: 900 }), (ink, dx, dy) => {
        const moved = mapPoints(ink, ({ x, y, t }) => ({ x: x + dx, y: y + dy, t }));
        const here = read(ink, { headline: 100, baseline: 200 });
        const there = read(moved, { headline: 100 + dy, baseline: 200 + dy });
        expect(there.raster.data).toEqual(here.raster.data);
        for (const at of here.cue.keys()) expect(there.cue[at]).toBeCloseTo(here.cue[at]!, 5);
      }),
      someRuns,
    );
  });

  it('does not know how large it was written: exact for powers of two, one level for any factor', () => {
    fc.assert(
      fc.property(
        inkOf,
        fc.constantFrom(0.25, 0.5, 2, 8),
        fc.double({ min: 0.1, max: 9, noNaN: true }),
        (ink, two, any) => {
          const scaled = (by: number) => mapPoints(ink, ({ x, y, t }) => ({ x: x * by, y: y * by, t }));
          expect(bytesOf(scaled(two))).toEqual(bytesOf(ink));
          expect(apart(read(scaled(any)).raster, read(ink).raster).most).toBeLessThanOrEqual(1);
        },
      ),
      someRuns,
    );
  });

  it('is the same when a stroke is cut in two at one of its points', () => {
    fc.assert(
      fc.property(inkOf, strokeOf, fc.nat(), (ink, stroke, where) => {
        const at = where % stroke.length;
        expect(bytesOf([...ink, stroke.slice(0, at + 1), stroke.slice(at)])).toEqual(bytesOf([...ink, stroke]));
      }),
      someRuns,
    );
  });

  it('is the same in any order of strokes, and with points said twice', () => {
    fc.assert(
      fc.property(inkOf, fc.nat(3), (ink, turn) => {
        expect(bytesOf([...ink.slice(turn % ink.length), ...ink.slice(0, turn % ink.length)].toReversed())).toEqual(
          bytesOf(ink),
        );
        const twice = ink.map((stroke) => stroke.flatMap((point) => [point, point]));
        expect(bytesOf(twice)).toEqual(bytesOf(ink));
      }),
      someRuns,
    );
  });

  it('is the same to one level when strokes are written backwards', () => {
    // The distance to a piece is reckoned from its other end, so the last bit may differ before it is rounded.
    fc.assert(
      fc.property(inkOf, (ink) => {
        const backwards = ink.map((stroke) => stroke.toReversed());
        expect(apart(read(backwards).raster, read(ink).raster).most).toBeLessThanOrEqual(1);
      }),
      someRuns,
    );
  });

  it('leaves out points that are not finite and never throws', () => {
    const wild = fc.oneof(fc.double(), fc.constantFrom(NaN, Infinity, -Infinity, 1e308, -1e308, 5e-324));
    fc.assert(
      fc.property(fc.array(fc.array(fc.record({ x: wild, y: wild, t: wild }))), (ink) => {
        const result = glyphFromInk(ink, { headline: NaN, baseline: Infinity }, spec);
        expect(result.kind === 'glyph' && result.cue.some(Number.isNaN)).toBe(false);
      }),
    );
    const ink = [
      [
        { x: 1, y: 2, t: 0 },
        { x: NaN, y: 5, t: 1 },
        { x: 30, y: 40, t: 2 },
      ],
    ];
    expect(bytesOf(ink)).toEqual(bytesOf([[ink[0]![0]!, ink[0]![2]!]]));
    expect(glyphFromInk([[{ x: NaN, y: 0, t: 0 }]], null, spec)).toEqual({ kind: 'empty', reason: 'blank' });
  });

  it('fills the ink box, pen included, and not a pixel more', () => {
    fc.assert(
      fc.property(inkOf, (ink) => {
        const { data, width } = read(ink).raster;
        const margin = (spec.size - spec.inkSize) / 2;
        const beyond = data.filter((_, at) => {
          const x = at % width;
          const y = Math.floor(at / width);
          return Math.min(x, y, width - 1 - x, width - 1 - y) < margin - 1;
        });
        expect(beyond.every((value) => value === 0)).toBe(true);
      }),
      someRuns,
    );
  });

  it('tells its height against the line, the pen included', () => {
    const bar = [
      [
        { x: 10, y: 100, t: 0 },
        { x: 10, y: 200, t: 9 },
      ],
    ];
    const { cue, inkBox } = read(bar, { headline: 100, baseline: 200 });
    const pen = (100 * spec.penWidth) / (1 - spec.penWidth);
    expect(inkBox.bottom - inkBox.top).toBeCloseTo(100 + pen, 6);
    expect([...cue]).toEqual([1, expect.closeTo(1 + pen / 100, 5), 1, expect.closeTo(pen / 200, 5)]);
    expect([...read(bar, { lineHeight: 50 }).cue]).toEqual([1, expect.closeTo(2 + pen / 50, 5), 0, 0]);
    expect([...read(bar).cue]).toEqual([0, 0, 0, 0]);
    expect([...read(bar, { headline: 200, baseline: 200 }).cue]).toEqual([0, 0, 0, 0]);
  });
});
