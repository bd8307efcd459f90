import { labelComponents } from './components.ts';
import type { Component, Labelled } from './components.ts';
import type { EmptyReason, GlyphResult } from './glyph.ts';
import { heightOf, unionOf, widthOf } from './ink.ts';
import type { Box, WritingLine } from './ink.ts';
import { lineCue } from './line.ts';
import { pixelsSource } from './luma.ts';
import type { Luma, PictureSource } from './luma.ts';
import { darkeningOf } from './paper.ts';
import type { Darkening } from './paper.ts';
import { blankRaster } from './raster.ts';
import type { Pixels, Raster } from './raster.ts';
import { resample } from './resample.ts';
import { selectLetter } from './selection.ts';
import type { PictureSpec, PreprocessSpec } from './spec.ts';

/** invert: take the other polarity than the one that was found, for the rare picture that misleads it. */
export type PictureOptions = { readonly invert: boolean };

/**
 * A picture in memory to the raster that the model reads. line is in pixels of the picture.
 * Throws RangeError when the pixels are fewer than width × height says.
 */
export function glyphFromPixels(
  pixels: Pixels,
  line: WritingLine | null,
  options: PictureOptions,
  spec: PreprocessSpec,
): GlyphResult {
  return glyphFromPicture(pixelsSource(pixels), line, options, spec);
}

/**
 * The same for a picture that is read in parts: paper, shadow, specks and frames are taken away, what is left of the
 * ink is cut out, scaled to spec.inkSize with its aspect kept, and centred.
 */
export function glyphFromPicture(
  source: PictureSource,
  line: WritingLine | null,
  options: PictureOptions,
  spec: PreprocessSpec,
): GlyphResult {
  const whole = { left: 0, top: 0, right: source.width, bottom: source.height };
  if (source.width < 1 || source.height < 1) return { kind: 'empty', reason: 'blank' };
  let found = findInk(source, whole, options, spec.picture);
  if (found.kind === 'empty') return found;
  const closer = closerBox(found, source, spec.picture);
  if (closer !== null) {
    const again = findInk(source, closer, options, spec.picture);
    if (again.kind === 'found') found = again;
  }
  const cut = cutOut(found, spec.picture.fullInk * found.level);
  const scale = spec.inkSize / Math.max(cut.width, cut.height);
  const inkWidth = Math.max(1, Math.round(cut.width * scale));
  const inkHeight = Math.max(1, Math.round(cut.height * scale));
  const raster = centred(resample(cut, inkWidth, inkHeight), spec.size);
  return { kind: 'glyph', raster, cue: lineCue(found.inkBox, line, spec.line), inkBox: found.inkBox, line };
}

type Found = {
  readonly kind: 'found';
  readonly darkening: Darkening;
  readonly labelled: Labelled;
  readonly letter: readonly Component[];
  /** Box of the letter in the reduced picture. */
  readonly box: Box;
  /** The same in pixels of the source. */
  readonly inkBox: Box;
  /** How many source pixels one pixel of the reduced picture spans. */
  readonly reduction: number;
  readonly level: number;
};

type Nothing = { readonly kind: 'empty'; readonly reason: EmptyReason };

function findInk(source: PictureSource, part: Box, options: PictureOptions, spec: PictureSpec): Found | Nothing {
  const luma = source.luma(part, spec.workingSize, 'on-white');
  const onWhite = findIn(luma, part, options, spec);
  // White ink on a transparent ground is invisible on white paper: there the opacity is the ink.
  if (onWhite.kind === 'empty' && luma.translucent) {
    const opacity = findIn(source.luma(part, spec.workingSize, 'opacity'), part, options, spec);
    if (opacity.kind === 'found') return opacity;
  }
  if (onWhite.kind !== 'sheet') return onWhite;
  const onSheet = findIn(source.luma(onWhite.box, spec.workingSize, 'on-white'), onWhite.box, options, spec);
  return onSheet.kind === 'found' ? onSheet : onWhite.otherwise();
}

/** A sheet of paper photographed on a dark ground, box in source pixels; otherwise(): what there is without it. */
type Sheet = { readonly kind: 'sheet'; readonly box: Box; readonly otherwise: () => Found | Nothing };

function findIn(luma: Luma, part: Box, options: PictureOptions, spec: PictureSpec): Found | Nothing | Sheet {
  const darkening = darkeningOf(luma, options.invert, spec);
  const level = strokeLevel(darkening);
  if (level < spec.minContrast * 255) return { kind: 'empty', reason: 'blank' };
  const labelled = labelComponents(
    darkening,
    Math.max(1, spec.inkThreshold * level),
    spec.frameBand * Math.min(darkening.width, darkening.height),
  );
  const otherwise = (): Found | Nothing => choose(darkening, labelled, level, part, spec);
  const sheet = darkening.inverted && !options.invert ? sheetBox(labelled.components, darkening, spec) : null;
  return sheet === null
    ? otherwise()
    : { kind: 'sheet', box: wholePixels(inSource(sheet, darkening, part)), otherwise };
}

function choose(
  darkening: Darkening,
  labelled: Labelled,
  level: number,
  part: Box,
  spec: PictureSpec,
): Found | Nothing {
  const { width, height } = darkening;
  const area = labelled.components.reduce((sum, one) => sum + one.area, 0);
  if (area > spec.maxCoverage * width * height) return { kind: 'empty', reason: 'solid' };
  const letter = selectLetter(labelled.components, width, height, spec);
  if (letter === null) return { kind: 'empty', reason: 'noise' };
  const box = letter.map((one) => one.box).reduce(unionOf);
  const reduction = Math.max(widthOf(part) / width, heightOf(part) / height);
  return { kind: 'found', darkening, labelled, letter, box, inkBox: inSource(box, darkening, part), reduction, level };
}

/** A light patch so large and full that it is the paper itself; the box is drawn in a little from its torn edges. */
function sheetBox(components: readonly Component[], { width, height }: Darkening, spec: PictureSpec): Box | null {
  const sheet = components.find(({ area }) => area >= spec.sheetArea * width * height);
  if (sheet === undefined) return null;
  const { left, top, right, bottom } = sheet.box;
  const boxWidth = right - left;
  const boxHeight = bottom - top;
  if (sheet.area < spec.sheetFill * boxWidth * boxHeight) return null;
  const inset = Math.ceil(spec.frameBand * Math.min(boxWidth, boxHeight));
  if (boxWidth <= 2 * inset || boxHeight <= 2 * inset) return null;
  return { left: left + inset, top: top + inset, right: right - inset, bottom: bottom - inset };
}

const wholePixels = (box: Box): Box => ({
  left: Math.ceil(box.left),
  top: Math.ceil(box.top),
  right: Math.max(Math.ceil(box.left) + 1, Math.floor(box.right)),
  bottom: Math.max(Math.ceil(box.top) + 1, Math.floor(box.bottom)),
});

/** A box of the reduced picture in pixels of the source. */
function inSource(box: Box, { width, height }: Darkening, part: Box): Box {
  const scaleX = widthOf(part) / width;
  const scaleY = heightOf(part) / height;
  return {
    left: part.left + box.left * scaleX,
    top: part.top + box.top * scaleY,
    right: part.left + box.right * scaleX,
    bottom: part.top + box.bottom * scaleY,
  };
}

/**
 * Darkening of this picture's own strokes, 0 to 255: the mean of all pixels over 0.6 of the darkest 3 × 3 patch.
 * A patch, so that one hot pixel does not set it; relative to ink alone, so that more empty paper does not change it.
 */
function strokeLevel({ width, height, data }: Darkening): number {
  let darkest = 0;
  for (let y = 0; y < height; y++) {
    for (let x = 0, at = y * width; x < width; x++, at++) {
      // The darkest patch has a dark middle: everything lighter than the best patch so far is passed over.
      if (data[at]! <= darkest) continue;
      let sum = 0;
      let count = 0;
      for (let sy = Math.max(0, y - 1); sy <= Math.min(height - 1, y + 1); sy++) {
        for (let sx = Math.max(0, x - 1); sx <= Math.min(width - 1, x + 1); sx++) {
          sum += data[sy * width + sx]!;
          count++;
        }
      }
      if (sum / count > darkest) darkest = sum / count;
    }
  }
  const floor = darkest * 0.6;
  let sum = 0;
  let count = 0;
  for (const value of data) {
    if (value <= floor) continue;
    sum += value;
    count++;
  }
  return count > 0 ? sum / count : 0;
}

/** Where to look again when the letter is small in a picture that had to be reduced; null when once is enough. */
function closerBox(found: Found, source: PictureSource, spec: PictureSpec): Box | null {
  if (found.reduction <= 1) return null;
  const side = Math.max(widthOf(found.inkBox), heightOf(found.inkBox));
  if (side / found.reduction >= spec.closerLook * spec.workingSize) return null;
  const margin = side / 2 + found.reduction;
  const box = {
    left: Math.max(0, Math.floor(found.inkBox.left - margin)),
    top: Math.max(0, Math.floor(found.inkBox.top - margin)),
    right: Math.min(source.width, Math.ceil(found.inkBox.right + margin)),
    bottom: Math.min(source.height, Math.ceil(found.inkBox.bottom + margin)),
  };
  return box;
}

/** The letter alone, darkening fullInk and above made full ink; other patches and the paper are left out. */
function cutOut({ darkening, labelled, letter, box }: Found, fullInk: number): Raster {
  const width = widthOf(box);
  const height = heightOf(box);
  const out = blankRaster(width, height);
  const mine = new Uint8Array(labelled.components.length + 1);
  for (const { id } of letter) mine[id] = 1;
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y + box.top) * darkening.width + x + box.left;
      if (
        mine[labelled.labels[at]!] !== 1 &&
        !besideLetter(labelled.labels, mine, darkening, x + box.left, y + box.top)
      ) {
        continue;
      }
      out.data[y * width + x] = Math.min(255, (darkening.data[at]! * 255) / fullInk + 0.5);
    }
  }
  return out;
}

/** The soft rim of a stroke lies just outside the mask and belongs to it. */
function besideLetter(
  labels: Uint16Array,
  mine: Uint8Array,
  { width, height }: Darkening,
  x: number,
  y: number,
): boolean {
  if (labels[y * width + x] !== 0) return false;
  for (let sy = Math.max(0, y - 1); sy <= Math.min(height - 1, y + 1); sy++) {
    for (let sx = Math.max(0, x - 1); sx <= Math.min(width - 1, x + 1); sx++) {
      if (mine[labels[sy * width + sx]!] === 1) return true;
    }
  }
  return false;
}

function centred(ink: Raster, size: number): Raster {
  const out = blankRaster(size, size);
  const left = (size - ink.width) >> 1;
  const top = (size - ink.height) >> 1;
  for (let y = 0; y < ink.height; y++) {
    out.data.set(ink.data.subarray(y * ink.width, (y + 1) * ink.width), (y + top) * size + left);
  }
  return out;
}
