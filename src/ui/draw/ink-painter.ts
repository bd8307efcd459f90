import type { Ink, Stroke } from '#glyph/ink';
import { PEN_WIDTH } from '#app/sheet';

/** The part of a 2d context that ink needs; Konva's and the browser's both have it. */
export type Pencil = Pick<
  CanvasRenderingContext2D,
  | 'beginPath'
  | 'moveTo'
  | 'quadraticCurveTo'
  | 'lineTo'
  | 'stroke'
  | 'arc'
  | 'fill'
  | 'lineWidth'
  | 'strokeStyle'
  | 'fillStyle'
  | 'lineCap'
  | 'lineJoin'
>;

/** A fast pen leaves a thinner line, as a nib does; speed in sides of the sheet per millisecond. */
const FAST = 0.004;
const THINNEST = 0.62;
const THICKEST = 1.12;

/** Widths along a stroke, one a point, as multiples of the pen's; smoothed so that no step shows. */
function widthsOf(stroke: Stroke): readonly number[] {
  let width = 1;
  return stroke.map((point, i) => {
    const before = stroke[i - 1];
    if (before === undefined) return width;
    const elapsed = Math.max(1, point.t - before.t);
    const speed = Math.hypot(point.x - before.x, point.y - before.y) / elapsed;
    const wanted = THICKEST - (THICKEST - THINNEST) * Math.min(1, speed / FAST);
    width += (wanted - width) * 0.08;
    return width;
  });
}

/** Paints ink given in parts of the sheet's side onto a sheet of `side` pixels. For the eye: the model never sees it. */
export function paintInk(pencil: Pencil, ink: Ink, side: number, colour: string): void {
  pencil.strokeStyle = colour;
  pencil.fillStyle = colour;
  pencil.lineCap = 'round';
  pencil.lineJoin = 'round';
  for (const stroke of ink) paintStroke(pencil, stroke, side);
}

function paintStroke(pencil: Pencil, stroke: Stroke, side: number): void {
  const pen = PEN_WIDTH * side;
  const first = stroke[0];
  if (first === undefined) return;
  if (stroke.length === 1) {
    pencil.beginPath();
    pencil.arc(first.x * side, first.y * side, pen / 2, 0, 2 * Math.PI);
    pencil.fill();
    return;
  }
  const widths = widthsOf(stroke);
  // Curves from middle to middle with the points as their handles: smooth, and it never leaves the hull of the points.
  let fromX = first.x * side;
  let fromY = first.y * side;
  for (let i = 1; i < stroke.length; i++) {
    const handle = stroke[i - 1];
    const point = stroke[i];
    if (handle === undefined || point === undefined) continue;
    const middleX = ((handle.x + point.x) / 2) * side;
    const middleY = ((handle.y + point.y) / 2) * side;
    pencil.beginPath();
    pencil.lineWidth = pen * (widths[i] ?? 1);
    pencil.moveTo(fromX, fromY);
    pencil.quadraticCurveTo(handle.x * side, handle.y * side, middleX, middleY);
    if (i === stroke.length - 1) pencil.lineTo(point.x * side, point.y * side);
    pencil.stroke();
    fromX = middleX;
    fromY = middleY;
  }
}
