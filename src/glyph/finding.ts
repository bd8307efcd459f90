import { labelComponents } from './components.ts';
import type { Component, Labelled } from './components.ts';
import type { EmptyReason } from './glyph.ts';
import { heightOf, unionOf, widthOf } from './ink.ts';
import type { Box } from './ink.ts';
import type { Looking } from './looking.ts';
import type { Luma } from './luma.ts';
import { darkeningOf } from './paper.ts';
import type { Darkening } from './darkening.ts';
import { selectLetter } from './selection.ts';
import type { PictureSpec } from './spec.ts';
import { strokeLevel } from './stroke-level.ts';

/** invert: take the other polarity than the one that was found, for the rare picture that misleads it. */
export type PictureOptions = { readonly invert: boolean };

export type Found = {
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

/** Nothing to read there, and why. */
export type Nothing = { readonly kind: 'empty'; readonly reason: EmptyReason };

/** Where the ink of one letter lies in a part of a picture; part is in whole pixels of the source. */
export function* findInk(part: Box, options: PictureOptions, spec: PictureSpec): Looking<Found | Nothing> {
  const maxSide = spec.workingSize;
  const luma = yield { box: part, maxSide, mode: 'on-white' };
  const onWhite = findIn(luma, part, options, spec);
  // White ink on a transparent ground is invisible on white paper: there the opacity is the ink.
  if (onWhite.kind === 'empty' && luma.translucent) {
    const opacity = findIn(yield { box: part, maxSide, mode: 'opacity' }, part, options, spec);
    if (opacity.kind === 'found') return opacity;
  }
  if (onWhite.kind !== 'sheet') return onWhite;
  const onSheet = findIn(yield { box: onWhite.box, maxSide, mode: 'on-white' }, onWhite.box, options, spec);
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
