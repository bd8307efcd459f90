import type { Box } from '#glyph/ink';
import { boxBeforeTurn } from '#glyph/turned';
import type { Turns } from '#glyph/turned';

export type Size = { readonly width: number; readonly height: number };

/** What a person changed about a picture. crop is in whole pixels of the picture before its turns; null is all of it. */
export type PictureEdit = { readonly crop: Box | null; readonly turns: Turns; readonly invert: boolean };

export const noEdit: PictureEdit = { crop: null, turns: 0, invert: false };

/** The part of the frame that a hand or a key moves. */
export type CropPart = 'whole' | 'start-top' | 'end-top' | 'start-bottom' | 'end-bottom';

/** A box in parts of the picture as it is shown, turned: 0 to 1 from the left and the top. */
export type ShownBox = Box;

export const wholeBox: ShownBox = { left: 0, top: 0, right: 1, bottom: 1 };

/** The size of the picture as it is shown. */
export const shownSize = ({ width, height }: Size, turns: Turns): Size =>
  turns % 2 === 0 ? { width, height } : { width: height, height: width };

/** Where the crop lies in the picture as it is shown. */
export function shownBox({ crop, turns }: PictureEdit, size: Size): ShownBox {
  if (crop === null) return wholeBox;
  const shown = shownSize(size, turns);
  // Turning the turned picture on until it is as it was leads back from its boxes: the same rule, the other way round.
  const { left, top, right, bottom } = boxBeforeTurn(crop, shown, backOf(turns));
  return {
    left: left / shown.width,
    top: top / shown.height,
    right: right / shown.width,
    bottom: bottom / shown.height,
  };
}

/** The crop in whole pixels of the picture before its turns; null when the box is all of the picture. */
export function cropOf(box: ShownBox, turns: Turns, size: Size): Box | null {
  const shown = shownSize(size, turns);
  const left = Math.min(shown.width - 1, Math.max(0, Math.floor(box.left * shown.width + 0.5)));
  const top = Math.min(shown.height - 1, Math.max(0, Math.floor(box.top * shown.height + 0.5)));
  const right = Math.max(left + 1, Math.min(shown.width, Math.floor(box.right * shown.width + 0.5)));
  const bottom = Math.max(top + 1, Math.min(shown.height, Math.floor(box.bottom * shown.height + 0.5)));
  if (left === 0 && top === 0 && right === shown.width && bottom === shown.height) return null;
  return boxBeforeTurn({ left, top, right, bottom }, size, turns);
}

/**
 * The box after one part of it moved by dx and dy, in parts of the shown picture. It stays inside the picture, and no
 * side gets shorter than least (of the picture's width and height).
 */
export function moveCrop(box: ShownBox, part: CropPart, dx: number, dy: number, least: Size): ShownBox {
  const between = (low: number, value: number, high: number): number => Math.max(low, Math.min(high, value));
  if (part === 'whole') {
    const byX = between(-box.left, dx, 1 - box.right);
    const byY = between(-box.top, dy, 1 - box.bottom);
    return { left: box.left + byX, top: box.top + byY, right: box.right + byX, bottom: box.bottom + byY };
  }
  const leastWidth = Math.min(1, least.width);
  const leastHeight = Math.min(1, least.height);
  return {
    ...box,
    ...(part.startsWith('start')
      ? { left: between(0, box.left + dx, Math.max(0, box.right - leastWidth)) }
      : { right: between(Math.min(1, box.left + leastWidth), box.right + dx, 1) }),
    ...(part.endsWith('top')
      ? { top: between(0, box.top + dy, Math.max(0, box.bottom - leastHeight)) }
      : { bottom: between(Math.min(1, box.top + leastHeight), box.bottom + dy, 1) }),
  };
}

/** A new box between two places, whichever of them comes first, inside the picture and no smaller than least. */
export function drawCrop(x: number, y: number, toX: number, toY: number, least: Size): ShownBox {
  const span = (a: number, b: number, least: number): readonly [low: number, high: number] => {
    const inside = (value: number): number => Math.max(0, Math.min(1, value));
    const low = inside(Math.min(a, b));
    const high = inside(Math.max(a, b));
    if (high - low >= least) return [low, high];
    const from = Math.max(0, Math.min(1 - Math.min(1, least), low));
    return [from, from + Math.min(1, least)];
  };
  const [left, right] = span(x, toX, least.width);
  const [top, bottom] = span(y, toY, least.height);
  return { left, top, right, bottom };
}

/** One quarter clockwise more. The crop stays on the same pixels. */
export const turnOn = (edit: PictureEdit): PictureEdit => ({ ...edit, turns: ((edit.turns + 1) % 4) as Turns });

const backOf = (turns: Turns): Turns => ((4 - turns) % 4) as Turns;
