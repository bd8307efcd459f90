import type { Ink, WritingLine } from '#glyph/ink';

/**
 * The ruled sheet, square, in parts of its side. Between headline and baseline stands the body of a letter; above is
 * room for the neck of lamed, below for the legs of the final letters, qof and others.
 */
export const HEADLINE = 0.35;
export const BASELINE = 0.65;

/** Width of the pen on the sheet: for the eye alone, the model's pen is in its preprocess spec. */
export const PEN_WIDTH = 0.024;

/** How near the eraser has to come to a stroke. */
export const ERASER_REACH = 0.03;

/** Ink in parts of the side to ink in CSS pixels, as the engine takes it. */
export function inkInPixels(ink: Ink, side: number): Ink {
  return ink.map((stroke) => stroke.map(({ x, y, t }) => ({ x: x * side, y: y * side, t })));
}

/**
 * How far ink stands out beyond the rules that a pen's middle was laid on, in parts of the side. The model measures ink,
 * with half a pen on either side (a stroke from rule to rule is 1.093 rules high to it), and was taught by lines that are
 * measured by ink too: without this every stroke that keeps the rules would seem to leave them, and a vav a final nun.
 */
const HALF_PEN = 0.0464 * (BASELINE - HEADLINE);

/** The ruled line in CSS pixels, as ink keeps it whose strokes keep the rules. */
export const lineInPixels = (side: number): WritingLine => ({
  headline: (HEADLINE - HALF_PEN) * side,
  baseline: (BASELINE + HALF_PEN) * side,
});
