import type { Box } from './ink.ts';
import type { Looking } from './looking.ts';
import type { Luma } from './luma.ts';

/** Quarter turns clockwise. */
export type Turns = 0 | 1 | 2 | 3;

type Size = { readonly width: number; readonly height: number };

/** What a picture's size becomes when it is turned. */
export const turnedSize = ({ width, height }: Size, turns: Turns): Size =>
  turns % 2 === 0 ? { width, height } : { width: height, height: width };

/**
 * Reads a turned picture, whose size was `before`, by views of the picture as it was. Only what is reduced is ever
 * turned, so a large picture costs no second copy, and no resampler of a browser comes near the pixels.
 */
export function* turned<T>(looking: Looking<T>, before: Size, turns: Turns): Looking<T> {
  let step = looking.next();
  while (step.done !== true) {
    const luma = yield { ...step.value, box: boxBeforeTurn(step.value.box, before, turns) };
    step = looking.next(turns === 0 ? luma : turnLuma(luma, turns));
  }
  return step.value;
}

/** Where a box of the turned picture lies in the picture as it was: { width, height } are those before the turn. */
export function boxBeforeTurn({ left, top, right, bottom }: Box, { width, height }: Size, turns: Turns): Box {
  switch (turns) {
    case 0:
      return { left, top, right, bottom };
    case 1:
      return { left: top, top: height - right, right: bottom, bottom: height - left };
    case 2:
      return { left: width - right, top: height - bottom, right: width - left, bottom: height - top };
    case 3:
      return { left: width - bottom, top: left, right: width - top, bottom: right };
  }
}

function turnLuma(luma: Luma, turns: 1 | 2 | 3): Luma {
  const { width, height, data } = luma;
  const sideways = turns !== 2;
  const outWidth = sideways ? height : width;
  const out = new Uint8Array(data.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const outX = turns === 1 ? height - 1 - y : turns === 2 ? width - 1 - x : y;
      const outY = turns === 1 ? x : turns === 2 ? height - 1 - y : width - 1 - x;
      out[outY * outWidth + outX] = data[y * width + x]!;
    }
  }
  return { width: outWidth, height: sideways ? width : height, data: out, translucent: luma.translucent };
}
