/** Pure: ink as it waits for the page that loads next. */
import * as z from 'zod/mini';
import type { Ink } from '#glyph/ink';

const Coordinate = z.number().check(z.minimum(-10), z.maximum(10));
const KeptInk = z.array(
  z.array(z.strictObject({ x: Coordinate, y: Coordinate, t: z.number().check(z.minimum(0)) })).check(z.minLength(1)),
);

/** In parts of the sheet's side. Empty where it is not what was kept: there is nobody who could mend it. */
export function readKeptInk(stored: unknown): Ink {
  const read = z.safeParse(KeptInk, stored);
  return read.success ? read.data : [];
}
