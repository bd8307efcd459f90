import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Stroke } from '#glyph/ink';
import { addStroke, clear, emptyDrawing, eraseAlong, redo, undo } from './drawing.ts';
import type { Drawing } from './drawing.ts';

const bar = (x: number): Stroke => [
  { x, y: 0.3, t: 0 },
  { x, y: 0.6, t: 100 },
];
const twoBars = addStroke(addStroke(emptyDrawing, bar(0.3)), bar(0.7));

const anyPlace = fc.record({
  x: fc.double({ min: 0, max: 1, noNaN: true }),
  y: fc.double({ min: 0, max: 1, noNaN: true }),
});
const anyStroke = fc
  .array(anyPlace, { minLength: 1, maxLength: 5 })
  .map((places) => places.map((p, t) => ({ ...p, t })));
type Step = (drawing: Drawing) => Drawing;
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  anyStroke.map(
    (stroke): Step =>
      (drawing) =>
        addStroke(drawing, stroke),
  ),
  fc.tuple(anyPlace, anyPlace).map(
    ([from, to]): Step =>
      (drawing) =>
        eraseAlong(drawing, from, to, 0.05),
  ),
  fc.constant<Step>(clear),
  fc.constant<Step>(undo),
  fc.constant<Step>(redo),
);

describe('the history of a sheet', () => {
  test('undo takes back any change, redo makes it again', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 12 }), anyStep, (before, step) => {
        const drawing = before.reduce((sheet, one) => one(sheet), emptyDrawing);
        const after = step(drawing);
        fc.pre(after !== drawing && step !== undo && step !== redo);
        expect(undo(after).ink).toBe(drawing.ink);
        expect(redo(undo(after)).ink).toBe(after.ink);
      }),
    );
  });

  test('after undo, a new stroke leaves nothing to redo', () => {
    const drawing = addStroke(undo(twoBars), bar(0.5));
    expect(drawing.future).toEqual([]);
    expect(redo(drawing)).toBe(drawing);
  });

  test('what changes nothing leaves no trace to undo', () => {
    expect(clear(emptyDrawing)).toBe(emptyDrawing);
    expect(addStroke(twoBars, [])).toBe(twoBars);
    expect(undo(emptyDrawing)).toBe(emptyDrawing);
    expect(eraseAlong(twoBars, { x: 0.5, y: 0 }, { x: 0.5, y: 1 }, 0.03)).toBe(twoBars);
  });

  test('it forgets what is older than 200 changes, and keeps the ink', () => {
    let drawing = emptyDrawing;
    for (let i = 0; i < 250; i++) drawing = addStroke(drawing, bar(i / 250));
    expect(drawing.past).toHaveLength(200);
    expect(drawing.ink).toHaveLength(250);
  });
});

describe('the stroke eraser', () => {
  test('takes the stroke it touches and no other', () => {
    const left = eraseAlong(twoBars, { x: 0.71, y: 0.45 }, { x: 0.71, y: 0.45 }, 0.03);
    expect(left.ink).toEqual([bar(0.3)]);
  });

  test('a fast sweep takes what lies between two of its points', () => {
    expect(eraseAlong(twoBars, { x: 0, y: 0.45 }, { x: 1, y: 0.45 }, 0.01).ink).toEqual([]);
  });

  test('a dot can be taken', () => {
    const dot = addStroke(emptyDrawing, [{ x: 0.5, y: 0.5, t: 0 }]);
    expect(eraseAlong(dot, { x: 0.51, y: 0.5 }, { x: 0.51, y: 0.5 }, 0.03).ink).toEqual([]);
  });
});
