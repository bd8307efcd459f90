import type { Place } from '#app/drawing';

/** A pen that is led by keys: where it is, in parts of the sheet's side, and whether it writes. */
export type KeyboardPen = { readonly place: Place; readonly down: boolean };

/** Where it waits at first: on the headline, to the right, where Hebrew letters begin. */
export const restingPen: KeyboardPen = { place: { x: 0.6, y: 0.35 }, down: false };

const STEP = 0.02;
const FAR_STEP = 0.08;

const directions: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

export const isArrow = (key: string): boolean => key in directions;

/** Moves by all arrows that are held, so that two of them go aslant; stays on the sheet. */
export function moved(pen: KeyboardPen, held: ReadonlySet<string>, far: boolean): KeyboardPen {
  let x = 0;
  let y = 0;
  for (const key of held) {
    const [dx, dy] = directions[key] ?? [0, 0];
    x += dx;
    y += dy;
  }
  const step = far ? FAR_STEP : STEP;
  const onSheet = (value: number): number => Math.max(0, Math.min(1, value));
  return { ...pen, place: { x: onSheet(pen.place.x + x * step), y: onSheet(pen.place.y + y * step) } };
}
