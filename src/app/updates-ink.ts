/** Pure: ink as it waits for the page that loads next. Read by hand, as config.json is and for the same reason. */
import type { Ink, Point } from '#glyph/ink';
import { isNumber, isRecord, listOf } from '#inference/guards';

const isCoordinate = (value: unknown): value is number => isNumber(value) && Math.abs(value) <= 10;

const isPoint = (value: unknown): value is Point =>
  isRecord(value) && isCoordinate(value['x']) && isCoordinate(value['y']) && isNumber(value['t']) && value['t'] >= 0;

const isInk = listOf(listOf(isPoint));

/** In parts of the sheet's side. Empty where it is not what was kept: there is nobody who could mend it. */
export function readKeptInk(stored: unknown): Ink {
  return isInk(stored) && stored.every((stroke) => stroke.length > 0) ? stored : [];
}
