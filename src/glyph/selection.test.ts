import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { labelComponents } from './components.ts';
import type { Component } from './components.ts';
import { selectLetter } from './selection.ts';
import { spec } from './spec.fixture.ts';
import { strokeLevel } from './stroke-level.ts';

/** Ink drawn in letters: # is full, + half, anything else paper. */
function sheet(...rows: readonly string[]) {
  const width = rows[0]!.length;
  const data = Uint8Array.from(rows.join(''), (sign) => ({ '#': 200, '+': 100 })[sign] ?? 0);
  return { width, height: rows.length, data, inverted: false };
}

function patch(
  id: number,
  left: number,
  top: number,
  width: number,
  height: number,
  more: Partial<Component> = {},
): Component {
  const area = width * height;
  const box = { left, top, right: left + width, bottom: top + height };
  return { id, area, mass: area * 200, rim: 0, runs: height, box, ...more };
}

const idsOf = (components: readonly Component[]): readonly number[] | null =>
  selectLetter(components, 200, 200, spec.picture)
    ?.map(({ id }) => id)
    .toSorted((a, b) => a - b) ?? null;

describe('patches of ink', () => {
  it('are joined over corners and over both arms of a fork', () => {
    const { labels, components } = labelComponents(sheet('#...#', '.#.#.', '..#..', '.....', '###..'), 60, 1);
    expect(components.map(({ area }) => area)).toEqual([5, 3]);
    expect(components[0]).toMatchObject({ mass: 1000, runs: 5, rim: 2, box: { left: 0, top: 0, right: 5, bottom: 3 } });
    expect(components[1]).toMatchObject({ area: 3, runs: 1, rim: 3 });
    expect([...labels].filter((id) => id === 1)).toHaveLength(5);
  });

  it('hold every pixel over the threshold once, whatever the pattern', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.uint8Array({ minLength: 1, maxLength: 600 }), (width, bytes) => {
        const height = Math.floor(bytes.length / width);
        fc.pre(height > 0);
        const data = bytes.subarray(0, width * height);
        const { labels, components } = labelComponents({ width, height, data, inverted: false }, 100, 2);
        expect([...labels].map((id) => id > 0)).toEqual([...data].map((value) => value >= 100));
        expect(components.reduce((sum, { area }) => sum + area, 0)).toBe(
          [...data].filter((value) => value >= 100).length,
        );
        // Neighbours wear one label: no patch is split.
        const split = labels.some((id, at) => {
          const x = at % width;
          const right = x + 1 < width ? labels[at + 1]! : 0;
          const below = labels[at + width] ?? 0;
          const slant = x > 0 ? (labels[at + width - 1] ?? 0) : 0;
          return id !== 0 && [right, below, slant].some((other) => other !== 0 && other !== id);
        });
        expect(split).toBe(false);
      }),
    );
  });

  it('set their own level of darkness, which one hot pixel and more paper leave alone', () => {
    const stroke = ['......', '.++++.', '.++++.', '.++++.', '......'];
    expect(strokeLevel(sheet(...stroke))).toBe(100);
    expect(strokeLevel(sheet('#.....', ...stroke))).toBeCloseTo((1200 + 200) / 13);
    expect(strokeLevel(sheet(...stroke, ...stroke.map(() => '......')))).toBe(100);
    expect(strokeLevel(sheet('....'))).toBe(0);
  });
});

describe('choosing the letter', () => {
  const roof = patch(1, 60, 60, 80, 8);

  it('keeps a detached stroke, near or under the letter, and drops what is out of reach', () => {
    expect(idsOf([roof, patch(2, 66, 90, 6, 40)])).toEqual([1, 2]);
    expect(idsOf([roof, patch(2, 100, 190, 6, 8)])).toEqual([1]);
  });

  it('reaches further with every stroke that joins', () => {
    const middle = patch(2, 60, 100, 8, 60);
    const far = patch(3, 60, 186, 8, 8);
    expect(idsOf([roof, far])).toEqual([1]);
    expect(idsOf([roof, far, middle])).toEqual([1, 2, 3]);
  });

  it('drops specks and what is much fainter', () => {
    expect(idsOf([roof, patch(2, 70, 80, 2, 2)])).toEqual([1]);
    expect(idsOf([roof, patch(2, 70, 80, 10, 10, { mass: 100 * 70 })])).toEqual([1]);
  });

  it('drops a frame along the edges however large, unless there is nothing else', () => {
    const frame = patch(2, 0, 0, 200, 200, { area: 1600, mass: 320000, rim: 1600 });
    expect(idsOf([roof, frame])).toEqual([1]);
    expect(idsOf([frame])).toEqual([2]);
  });

  it('prefers a letter inside to a heavier shadow or neighbour that comes in over the edge', () => {
    expect(idsOf([roof, patch(2, 170, 120, 30, 60)])).toEqual([1]);
    expect(idsOf([roof, patch(2, 120, 80, 80, 12, { mass: 960 * 110 })])).toEqual([1]);
    expect(idsOf([roof, patch(2, 196, 60, 4, 20)])).toEqual([1]);
  });

  it('weighs strokes together: two halves of a letter outweigh one bar', () => {
    const halves = [patch(1, 20, 60, 6, 60), patch(2, 36, 60, 6, 60)];
    expect(idsOf([...halves, patch(3, 190, 60, 8, 60)])).toEqual([1, 2]);
  });

  it('finds no letter in many patches, in a texture, and where specks outweigh it', () => {
    const many = Array.from({ length: 20 }, (_, n) => patch(n + 1, 10 + 9 * n, 50, 5, 5));
    expect(idsOf(many)).toBeNull();
    expect(idsOf([patch(1, 10, 10, 100, 100, { runs: 2000 })])).toBeNull();
    const specks = Array.from({ length: 80 }, (_, n) => patch(n + 2, 2 * n + 10, 150, 3, 3));
    expect(idsOf([roof, ...specks])).toBeNull();
    expect(idsOf([])).toBeNull();
  });
});
