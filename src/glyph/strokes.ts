import type { Glyph, GlyphResult } from './glyph.ts';
import { boxOfInk, heightOf, widthOf } from './ink.ts';
import type { Ink, LineHeight, Point, WritingLine } from './ink.ts';
import { lineCue } from './line.ts';
import { blankRaster } from './raster.ts';
import type { Raster } from './raster.ts';
import type { PreprocessSpec } from './spec.ts';

/**
 * Strokes to the raster that the model reads: the ink is scaled so that its longest side, pen included, is
 * spec.inkSize, centred in spec.size, and drawn by a round pen of constant width relative to the ink.
 *
 * ink and line share units and origin (CSS pixels of the drawing surface); the result does not depend on them.
 * Points with a coordinate that is not finite are left out. Empty ink gives { kind: 'empty', reason: 'blank' }.
 */
export function glyphFromInk(ink: Ink, line: WritingLine | LineHeight | null, spec: PreprocessSpec): GlyphResult {
  const box = boxOfInk(ink);
  if (box === null) return { kind: 'empty', reason: 'blank' };
  const penWidth = spec.penWidth * spec.inkSize;
  const extent = Math.max(widthOf(box), heightOf(box));
  // A single point has no extent: it stays a dot of one pen width in the middle.
  const scale = extent > 0 ? (spec.inkSize - penWidth) / extent : 0;
  const centreX = (box.left + box.right) / 2;
  const centreY = (box.top + box.bottom) / 2;
  const half = spec.size / 2;
  const place = ({ x, y }: Point): [number, number] => [(x - centreX) * scale + half, (y - centreY) * scale + half];

  const raster = blankRaster(spec.size, spec.size);
  for (const stroke of ink) drawStroke(raster, stroke, place, penWidth / 2);

  // The pen's width belongs to the letter's height as it does on paper; for a dot there is no scale to undo.
  const margin = scale > 0 ? penWidth / 2 / scale : 0;
  const inkBox = {
    left: box.left - margin,
    top: box.top - margin,
    right: box.right + margin,
    bottom: box.bottom + margin,
  };
  const glyph: Glyph = { kind: 'glyph', raster, cue: lineCue(inkBox, line, spec.line), inkBox, line };
  return glyph;
}

function drawStroke(
  raster: Raster,
  stroke: readonly Point[],
  place: (point: Point) => [number, number],
  radius: number,
): void {
  let previous: [number, number] | null = null;
  for (const point of stroke) {
    if (!Number.isFinite(point.x) || !Number.isFinite(point.y)) continue;
    const here = place(point);
    drawCapsule(raster, previous ?? here, here, radius);
    previous = here;
  }
}

/**
 * One straight piece of a round pen. Coverage of a pixel is taken from the distance of its centre to the segment,
 * which is within 1/30 of the exact area for radii over one pixel. Pieces are joined by the larger coverage, so
 * cutting a stroke in two at a point, or drawing a piece twice, changes nothing.
 */
function drawCapsule(raster: Raster, from: [number, number], to: [number, number], radius: number): void {
  const { width, height, data } = raster;
  const [ax, ay] = from;
  const [bx, by] = to;
  const reach = radius + 1;
  const firstX = Math.max(0, Math.floor(Math.min(ax, bx) - reach));
  const lastX = Math.min(width - 1, Math.ceil(Math.max(ax, bx) + reach));
  const firstY = Math.max(0, Math.floor(Math.min(ay, by) - reach));
  const lastY = Math.min(height - 1, Math.ceil(Math.max(ay, by) + reach));
  const dx = bx - ax;
  const dy = by - ay;
  const lengthSquared = dx * dx + dy * dy;
  for (let y = firstY; y <= lastY; y++) {
    for (let x = firstX; x <= lastX; x++) {
      const px = x + 0.5 - ax;
      const py = y + 0.5 - ay;
      const along = lengthSquared > 0 ? Math.max(0, Math.min(1, (px * dx + py * dy) / lengthSquared)) : 0;
      const ox = px - along * dx;
      const oy = py - along * dy;
      const coverage = radius + 0.5 - Math.sqrt(ox * ox + oy * oy);
      if (coverage <= 0) continue;
      const value = coverage >= 1 ? 255 : Math.round(coverage * 255);
      const at = y * width + x;
      if (value > (data[at] ?? 0)) data[at] = value;
    }
  }
}
