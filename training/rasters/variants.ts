import type { GlyphResult } from '#glyph/glyph';
import type { Box, Ink, LineHeight, WritingLine } from '#glyph/ink';
import { glyphFromPixels } from '#glyph/pixels';
import type { Raster } from '#glyph/raster';
import type { PreprocessSpec } from '#glyph/spec';
import { glyphFromInk } from '#glyph/strokes';
import { photograph } from './photographing.ts';
import type { Random } from './random.ts';
import { traceInk } from './tracing.ts';
import { randomWarp, redraw, uncertainEnds, unevenLine } from './warping.ts';
import { pixelsOf } from './writing-lines.ts';

/** scan: the picture as it is. traced: redrawn with the pen of the app. drawn and photo: made up for training. */
export type Variant = 'scan' | 'traced' | 'drawn' | 'photo';

const upright = { invert: false };

/** Pens of learners: from a fineliner to a marker, around the one that the app draws with. */
const PEN_RANGE = [0.05, 0.16] as const;

/** From nearly the writer's own hand to one that is hard to own: unseen hands lie further off than a mild warp reaches. */
const HAND_RANGE = [0.4, 1.8] as const;

export function scanned(brightness: Raster, line: WritingLine | LineHeight | null, spec: PreprocessSpec): GlyphResult {
  return glyphFromPixels(pixelsOf(brightness), line, upright, spec);
}

/** Centre lines of the letter in pixels of the scan, or null when nothing is found on it. */
export function tracedInk(scan: GlyphResult): { readonly ink: Ink; readonly scale: number } | null {
  if (scan.kind === 'empty') return null;
  const { raster, inkBox } = scan;
  const side = Math.max(inkBox.right - inkBox.left, inkBox.bottom - inkBox.top);
  const traced = traceInk(raster, raster.width * 0.09);
  const boxSize = Math.max(...extent(raster));
  const scale = side / boxSize;
  const centreX = (inkBox.left + inkBox.right) / 2;
  const centreY = (inkBox.top + inkBox.bottom) / 2;
  const half = raster.width / 2;
  const ink = traced.map((stroke) =>
    stroke.map(({ x, y, t }) => ({ x: centreX + (x - half) * scale, y: centreY + (y - half) * scale, t })),
  );
  return ink.length > 0 ? { ink, scale } : null;
}

function extent({ width, height, data }: Raster): [number, number] {
  const box = { left: width, top: height, right: 0, bottom: 0 };
  data.forEach((value, at) => {
    if (value === 0) return;
    box.left = Math.min(box.left, at % width);
    box.right = Math.max(box.right, (at % width) + 1);
    box.top = Math.min(box.top, Math.floor(at / width));
    box.bottom = Math.max(box.bottom, Math.floor(at / width) + 1);
  });
  return [box.right - box.left, box.bottom - box.top];
}

export function drawn(
  ink: Ink,
  inkBox: Box,
  line: WritingLine | LineHeight | null,
  random: Random,
  spec: PreprocessSpec,
): GlyphResult {
  const reach = Math.max(inkBox.right - inkBox.left, inkBox.bottom - inkBox.top) / 2;
  const strength = random.between(...HAND_RANGE);
  const warp = randomWarp(random, (inkBox.left + inkBox.right) / 2, (inkBox.top + inkBox.bottom) / 2, reach, strength);
  const tremble = random.chance(0.5) ? random.between(0, 0.012) * reach : 0;
  const hand = redraw(uncertainEnds(ink, random, reach), warp, random, tremble);
  const pen = random.chance(0.4) ? spec.penWidth : random.between(...PEN_RANGE);
  return glyphFromInk(hand, line && unevenLine(line, random), { ...spec, penWidth: pen });
}

export function photographed(
  brightness: Raster,
  line: WritingLine | LineHeight | null,
  random: Random,
  spec: PreprocessSpec,
): GlyphResult {
  const { width, height } = brightness;
  const warp = randomWarp(
    random,
    width / 2,
    height / 2,
    Math.max(width, height) / 2,
    0.8 * random.between(...HAND_RANGE),
  );
  const photo = photograph(brightness, line && unevenLine(line, random), warp, random);
  return glyphFromPixels(photo.pixels, photo.line, upright, spec);
}
