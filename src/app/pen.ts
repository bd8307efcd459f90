import type { Point, Stroke } from '#glyph/ink';

/**
 * The stroke that is being written. It lives outside of the store: points arrive faster than frames, and only
 * the canvas and the live reader want to know of each.
 */
export type Pen = {
  /** Points so far, in parts of the sheet's side; empty while the pen is up. */
  readonly stroke: Stroke;
  /** Side of the sheet on the screen, in CSS pixels. Set by the surface at every resize. */
  sheetSide: number;
  down(x: number, y: number, at: number, first: boolean): void;
  move(x: number, y: number, at: number): void;
  /** Ends the stroke and hands it over. */
  up(): Stroke;
  /** Calls back at every change of the stroke; returns the function that ends it. */
  subscribe(listener: () => void): () => void;
};

export function createPen(): Pen {
  const listeners = new Set<() => void>();
  let points: Point[] = [];
  /** When the first point of the ink was made, by the clock of the events. */
  let origin = 0;
  const notify = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    sheetSide: 328,
    get stroke() {
      return points;
    },
    down(x, y, at, first) {
      if (first) origin = at;
      points = [{ x, y, t: at - origin }];
      notify();
    },
    move(x, y, at) {
      const last = points.at(-1);
      // Some devices repeat a place while pressure changes; such points carry nothing.
      if (last === undefined || (last.x === x && last.y === y)) return;
      points.push({ x, y, t: Math.max(last.t, at - origin) });
      notify();
    },
    up() {
      const stroke = points;
      points = [];
      notify();
      return stroke;
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
