import fc from 'fast-check';
import { expect, test } from 'vitest';
import { CELL_HEIGHT, indexAfter, offsetOf, shapeOf, windowAt } from './grid-layout.ts';

const count = fc.integer({ min: 1, max: 200_000 });
const width = fc.integer({ min: 1, max: 3000 });
const sight = fc.integer({ min: 1, max: 3000 });

test('wherever it is scrolled to, the cells of the window cover the sight, and no row is cut in two', () => {
  fc.assert(
    fc.property(count, width, sight, fc.double({ min: 0, max: 1, noNaN: true }), (count, width, sight, part) => {
      const { columns, height } = shapeOf(width, count);
      const top = part * Math.max(0, height - sight);
      const { from, to } = windowAt(top, sight, count, columns);
      const offset = offsetOf({ from, cells: to - from, columns, top, sight });
      expect(offset).toBeCloseTo((from / columns) * CELL_HEIGHT - top);
      expect(offset).toBeLessThanOrEqual(0);
      expect(offset).toBeGreaterThan(-CELL_HEIGHT);
      expect(from % columns).toBe(0);
      const rows = Math.ceil((to - from) / columns);
      expect(offset + rows * CELL_HEIGHT).toBeGreaterThanOrEqual(Math.min(sight, height - top) - 1e-6);
      expect(to).toBeLessThanOrEqual(count);
    }),
  );
});

test('cells that come late leave no gap: the ones before are held in sight', () => {
  const screenful = { from: 0, cells: 30, columns: 3, sight: 10 * CELL_HEIGHT };
  expect(offsetOf({ ...screenful, top: 500_000 })).toBe(0);
  // One row more than there is room for: it is drawn out to its end.
  expect(offsetOf({ ...screenful, cells: 33, top: 500_000 })).toBe(-CELL_HEIGHT);
  expect(offsetOf({ ...screenful, from: 90_000, top: 0 })).toBe(0);
});

test('a narrow phone has three columns, and a small list its own height', () => {
  expect(shapeOf(328, 7)).toEqual({ columns: 3, rows: 3, height: 3 * CELL_HEIGHT });
});

test('keys lead to a neighbour, and never out of the grid', () => {
  const key = fc.constantFrom('ArrowRight', 'ArrowLeft', 'ArrowDown', 'ArrowUp', 'PageDown', 'PageUp', 'Home', 'End');
  fc.assert(
    fc.property(key, count, fc.nat(), width, fc.boolean(), (key, count, at, width, rtl) => {
      const { columns } = shapeOf(width, count);
      const to = indexAfter(key, at % count, { count, columns, page: 5, rtl });
      expect(to).toBeGreaterThanOrEqual(0);
      expect(to).toBeLessThan(count);
    }),
  );
  const grid = { count: 30, columns: 3, page: 4, rtl: false };
  expect(indexAfter('ArrowRight', 4, grid)).toBe(5);
  expect(indexAfter('ArrowRight', 4, { ...grid, rtl: true })).toBe(3);
  expect(indexAfter('ArrowDown', 4, grid)).toBe(7);
  expect(indexAfter('ArrowUp', 1, grid)).toBe(1);
  expect(indexAfter('PageDown', 4, grid)).toBe(16);
  expect(indexAfter('a', 4, grid)).toBeNull();
});
