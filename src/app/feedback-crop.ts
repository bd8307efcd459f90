/** Pure: which part of a picture goes into a feedback record. */
import type { Box } from '#glyph/ink';
import { heightOf, unionOf, widthOf } from '#glyph/ink';
import type { Turns } from '#glyph/turned';
import type { Size } from './pictures/crop.ts';

/** No side of a record's picture is longer, in pixels. */
const maxSide = 256;

/** Paper that is left around the letter, in parts of its longer side: enough to see what kind of paper it is. */
const margin = 0.25;

export type RecordCrop = {
  /** In whole pixels of the picture before its turns. */
  readonly box: Box;
  /** What the box is drawn to, before the turns. */
  readonly drawn: Size;
  readonly turns: Turns;
};

/**
 * The letter with a little paper around it, and no more of what a person photographed: ink is where the model found it,
 * null where it found none. Never beyond what the person cropped to.
 */
export function recordCrop(size: Size, crop: Box | null, ink: Box | null, turns: Turns): RecordCrop {
  const whole: Box = crop ?? { left: 0, top: 0, right: size.width, bottom: size.height };
  const box = ink === null ? whole : within(whole, grown(ink));
  const scale = Math.min(1, maxSide / Math.max(widthOf(box), heightOf(box)));
  const scaled = (length: number): number => Math.max(1, Math.floor(length * scale));
  return { box, drawn: { width: scaled(widthOf(box)), height: scaled(heightOf(box)) }, turns };
}

function grown(ink: Box): Box {
  const more = margin * Math.max(widthOf(ink), heightOf(ink));
  return unionOf(ink, {
    left: Math.floor(ink.left - more),
    top: Math.floor(ink.top - more),
    right: Math.ceil(ink.right + more),
    bottom: Math.ceil(ink.bottom + more),
  });
}

/** At least one pixel, inside of whole. */
function within(whole: Box, box: Box): Box {
  const left = Math.max(whole.left, Math.min(whole.right - 1, Math.floor(box.left)));
  const top = Math.max(whole.top, Math.min(whole.bottom - 1, Math.floor(box.top)));
  return {
    left,
    top,
    right: Math.max(left + 1, Math.min(whole.right, Math.ceil(box.right))),
    bottom: Math.max(top + 1, Math.min(whole.bottom, Math.ceil(box.bottom))),
  };
}
