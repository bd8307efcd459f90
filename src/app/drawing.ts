import type { Ink, Point, Stroke } from '#glyph/ink';

/**
 * The sheet and its history, as values. Coordinates are parts of the sheet's side, 0 to 1, not pixels:
 * a rotated phone or a resized window changes nothing here.
 */
export type Drawing = {
  readonly ink: Ink;
  /** Earlier states, the newest last. */
  readonly past: readonly Ink[];
  /** States that undo left behind, the nearest last. */
  readonly future: readonly Ink[];
};

export const emptyDrawing: Drawing = { ink: [], past: [], future: [] };

/** States share their strokes, so remembering many of them costs little; still a bound is a bound. */
const MAX_HISTORY = 200;

function changed(drawing: Drawing, ink: Ink): Drawing {
  return { ink, past: [...drawing.past, drawing.ink].slice(-MAX_HISTORY), future: [] };
}

/** A stroke without a point is none. */
export function addStroke(drawing: Drawing, stroke: Stroke): Drawing {
  return stroke.length === 0 ? drawing : changed(drawing, [...drawing.ink, stroke]);
}

export function clear(drawing: Drawing): Drawing {
  return drawing.ink.length === 0 ? drawing : changed(drawing, []);
}

export function undo(drawing: Drawing): Drawing {
  const before = drawing.past.at(-1);
  if (before === undefined) return drawing;
  return { ink: before, past: drawing.past.slice(0, -1), future: [...drawing.future, drawing.ink] };
}

export function redo(drawing: Drawing): Drawing {
  const after = drawing.future.at(-1);
  if (after === undefined) return drawing;
  return { ink: after, past: [...drawing.past, drawing.ink], future: drawing.future.slice(0, -1) };
}

/**
 * Takes away the strokes that the eraser touches on its way from one place to another; reach is its radius.
 * The same drawing comes back when it touches none, so that a sweep over paper leaves no trace in the history.
 */
export function eraseAlong(drawing: Drawing, from: Place, to: Place, reach: number): Drawing {
  const left = drawing.ink.filter((stroke) => distanceToStroke(stroke, from, to) > reach);
  return left.length === drawing.ink.length ? drawing : changed(drawing, left);
}

export type Place = Pick<Point, 'x' | 'y'>;

function distanceToStroke(stroke: Stroke, from: Place, to: Place): number {
  let nearest = Infinity;
  let previous: Place | null = null;
  for (const point of stroke) {
    nearest = Math.min(nearest, distanceOfSegments(previous ?? point, point, from, to));
    previous = point;
  }
  return nearest;
}

/** Distance between two segments in the plane: 0 where they cross, else that of the nearest end to the other one. */
function distanceOfSegments(a: Place, b: Place, c: Place, d: Place): number {
  if (side(a, b, c) * side(a, b, d) < 0 && side(c, d, a) * side(c, d, b) < 0) return 0;
  return Math.min(toSegment(a, c, d), toSegment(b, c, d), toSegment(c, a, b), toSegment(d, a, b));
}

const side = (a: Place, b: Place, p: Place): number => (b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x);

function toSegment(p: Place, a: Place, b: Place): number {
  const dx = b.x - a.x;
  const dy = b.y - a.y;
  const squared = dx * dx + dy * dy;
  const along = squared > 0 ? Math.max(0, Math.min(1, ((p.x - a.x) * dx + (p.y - a.y) * dy) / squared)) : 0;
  return Math.hypot(p.x - a.x - along * dx, p.y - a.y - along * dy);
}
