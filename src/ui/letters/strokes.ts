import type { Ink, Stroke } from '#glyph/ink';
import data from './strokes.json' with { type: 'json' };

/**
 * How a hand may write each letter, made by training/letter-strokes from the typeface Gveret Levin: strokes as flat
 * x, y pairs in thousandths of a square whose rows 350 and 650 are headline and baseline, as on the drawing sheet.
 */
const examples: ReadonlyMap<string, readonly (readonly number[])[]> = new Map(Object.entries(data.letters));

/** Writing speed of the example: sheet sides per millisecond. A calm hand. */
const SPEED = 0.0007;
const LIFT_MS = 260;

/** The example of a letter as ink in parts of the sheet's side, with the times of a calm hand; empty when there is none. */
export function exampleOf(label: string): Ink {
  let t = 0;
  return (examples.get(label) ?? []).map((flat, n) => {
    if (n > 0) t += LIFT_MS;
    const stroke = [];
    for (let i = 0; i + 1 < flat.length; i += 2) {
      const x = (flat[i] ?? 0) / 1000;
      const y = (flat[i + 1] ?? 0) / 1000;
      const before = stroke.at(-1);
      if (before !== undefined) t += Math.hypot(x - before.x, y - before.y) / SPEED;
      stroke.push({ x, y, t });
    }
    return stroke;
  });
}

/**
 * The way of a stroke as SVG path data, coordinates multiplied by side: curves from middle to middle with the points
 * as their handles, so that the traced polygon does not show.
 */
export function pathOf(stroke: Stroke, side: number): string {
  const at = (x: number, y: number): string => `${(x * side).toFixed(2)} ${(y * side).toFixed(2)}`;
  const [first, ...rest] = stroke;
  const last = rest.at(-1);
  if (first === undefined || last === undefined) return '';
  let path = `M${at(first.x, first.y)}`;
  let handle = first;
  for (const point of rest) {
    path += `Q${at(handle.x, handle.y)} ${at((handle.x + point.x) / 2, (handle.y + point.y) / 2)}`;
    handle = point;
  }
  return `${path}L${at(last.x, last.y)}`;
}
