/** Where the cells of a long grid lie: arithmetic, in CSS pixels. */

/** Smallest width of a cell, and the height of all of them. */
const CELL_WIDTH = 96;
export const CELL_HEIGHT = 124;

export type GridShape = { readonly columns: number; readonly rows: number; readonly height: number };

export function shapeOf(width: number, count: number): GridShape {
  const columns = Math.max(1, Math.floor(width / CELL_WIDTH));
  const rows = Math.ceil(count / columns);
  return { columns, rows, height: rows * CELL_HEIGHT };
}

export type GridWindow = {
  /** Indexes of the cells in sight, to exclusive. */
  readonly from: number;
  readonly to: number;
};

/** The whole rows that a sight of this height has when it begins at top, in pixels from the grid's beginning. */
export function windowAt(top: number, sight: number, count: number, columns: number): GridWindow {
  const rows = Math.ceil(count / columns);
  const first = Math.max(0, Math.min(rows - 1, Math.floor(top / CELL_HEIGHT)));
  const last = Math.min(rows, Math.ceil((top + sight) / CELL_HEIGHT));
  const from = first * columns;
  return { from, to: Math.max(from, Math.min(count, last * columns)) };
}

/**
 * Where cells begin, against the sight's beginning. While others are still being read the ones that are there are held
 * in sight, as near to their place as they can be without leaving a gap.
 */
export function offsetOf(shown: {
  readonly from: number;
  readonly cells: number;
  readonly columns: number;
  readonly top: number;
  readonly sight: number;
}): number {
  const { from, cells, columns, top, sight } = shown;
  const height = Math.ceil(cells / columns) * CELL_HEIGHT;
  const offset = Math.floor(from / columns) * CELL_HEIGHT - Math.max(0, top);
  return Math.min(0, Math.max(offset, Math.min(0, sight - height)));
}

/** Where a key leads from a cell; null for keys that lead nowhere. rtl: the next one lies to the left. */
export function indexAfter(
  key: string,
  index: number,
  {
    count,
    columns,
    page,
    rtl,
  }: { readonly count: number; readonly columns: number; readonly page: number; readonly rtl: boolean },
): number | null {
  const within = (to: number): number => Math.max(0, Math.min(count - 1, to));
  switch (key) {
    case 'ArrowRight':
      return within(index + (rtl ? -1 : 1));
    case 'ArrowLeft':
      return within(index + (rtl ? 1 : -1));
    case 'ArrowDown':
      return index + columns < count ? index + columns : index;
    case 'ArrowUp':
      return index - columns >= 0 ? index - columns : index;
    case 'PageDown':
      return within(index + page * columns);
    case 'PageUp':
      return within(index - page * columns);
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return null;
  }
}
