import type { Box } from './ink.ts';
import type { Luma, LumaMode, PictureSource } from './luma.ts';

/** A part of a picture to be seen: box, maxSide and mode are those of PictureSource.luma(). */
export type View = { readonly box: Box; readonly maxSide: number; readonly mode: LumaMode };

/**
 * A reading that asks for one view after the other, for what it asks next depends on what it saw. Who has the picture
 * in memory shows it at once; who has to fetch its rows takes the time. The reading itself is the same.
 */
export type Looking<T> = Generator<View, T, Luma>;

/** Reads a picture that can be seen at once. */
export function lookAt<T>(source: PictureSource, looking: Looking<T>): T {
  let step = looking.next();
  while (step.done !== true) {
    const { box, maxSide, mode } = step.value;
    step = looking.next(source.luma(box, maxSide, mode));
  }
  return step.value;
}

/** Reads a picture whose views take their time. Rejects with what show() rejects with. */
export async function lookAtLater<T>(show: (view: View) => Promise<Luma>, looking: Looking<T>): Promise<T> {
  let step = looking.next();
  while (step.done !== true) step = looking.next(await show(step.value));
  return step.value;
}
