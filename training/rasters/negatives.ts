import type { GlyphResult } from '#glyph/glyph';
import type { Ink, Point } from '#glyph/ink';
import { boxOfInk, widthOf } from '#glyph/ink';
import { glyphFromPixels } from '#glyph/pixels';
import type { PreprocessSpec } from '#glyph/spec';
import { glyphFromInk } from '#glyph/strokes';
import type { Random } from './random.ts';

/** What is no letter: a scribble, several letters at once, a texture. Shapes that are letters (bars, rings) are not made. */
export type NegativeKind = 'scribble' | 'word' | 'texture';

/** A pen that wanders without a plan: many turns, crossing itself. */
export function scribble(random: Random, spec: PreprocessSpec): GlyphResult {
  const strokes = random.whole(1, 4);
  const ink: Point[][] = [];
  for (let s = 0; s < strokes; s++) {
    const points: Point[] = [];
    let [x, y] = [random.between(0, 100), random.between(0, 100)];
    let heading = random.between(0, 2 * Math.PI);
    const turn = random.between(0.15, 0.9);
    const count = random.whole(60, 220);
    for (let t = 0; t < count; t++) {
      heading += random.normal() * turn + 0.05;
      x += Math.cos(heading) * 5 + (50 - x) * 0.02;
      y += Math.sin(heading) * 5 + (50 - y) * 0.02;
      points.push({ x, y, t });
    }
    ink.push(points);
  }
  return glyphFromInk(ink, null, { ...spec, penWidth: random.between(0.04, 0.12) });
}

/** Two to five letters side by side, right to left, as a word that was sent whole. */
export function word(letters: readonly Ink[], random: Random, spec: PreprocessSpec): GlyphResult {
  const ink: Point[][] = [];
  let right = 0;
  for (const letter of letters) {
    const box = boxOfInk(letter);
    if (box === null) continue;
    const shift = right - box.right;
    for (const stroke of letter) ink.push(stroke.map(({ x, y, t }) => ({ x: x + shift, y, t })));
    right -= widthOf(box) + random.between(4, 16);
  }
  return glyphFromInk(ink, null, { ...spec, penWidth: random.between(0.04, 0.1) });
}

/** Blots of many sizes: cloth, leaves, a carpet. Often nothing is found there at all, which is right too. */
export function texture(random: Random, spec: PreprocessSpec): GlyphResult {
  const size = random.whole(40, 140);
  const waves = Array.from({ length: 12 }, () => ({
    fx: random.normal() * random.between(3, 14),
    fy: random.normal() * random.between(3, 14),
    phase: random.between(0, 2 * Math.PI),
  }));
  const bias = random.between(0.1, 1.6);
  const data = new Uint8ClampedArray(size * size * 4).fill(255);
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      let sum = bias;
      for (const { fx, fy, phase } of waves) sum += Math.sin((fx * x + fy * y) / size + phase) * 0.5;
      const value = Math.max(0, Math.min(255, 128 + sum * 110));
      data.fill(value, (y * size + x) * 4, (y * size + x) * 4 + 3);
    }
  }
  return glyphFromPixels({ width: size, height: size, data }, null, { invert: false }, spec);
}
