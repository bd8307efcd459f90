import type { Box } from './ink.ts';
import type { Darkening } from './darkening.ts';
import { foursOf } from './raster.ts';

/** One 8-connected patch of ink in a mask. */
export type Component = {
  readonly id: number;
  readonly area: number;
  /** Sum of the darkening over its pixels. */
  readonly mass: number;
  /** How much of the area lies in the band along the picture's edges. */
  readonly rim: number;
  /** How many runs it has along the rows: over its height, how often a row crosses it. */
  readonly runs: number;
  readonly box: Box;
};

/** labels: for every pixel the id of its component, 0 for none; components: in order of id, from 1. */
export type Labelled = { readonly labels: Uint16Array; readonly components: readonly Component[] };

/** More patches than this are noise whatever they are; the rest stays unlabelled. */
const MAX_RUNS = 65535;

/**
 * Labels the pixels whose darkening is at least threshold, run by run with union-find.
 * darkening is width × height, row by row; band is the depth in pixels of the edge band that Component.rim speaks of.
 */
export function labelComponents(
  { width, height, data: darkening }: Darkening,
  threshold: number,
  band: number,
): Labelled {
  const labels = new Uint16Array(width * height);
  const runs: Run[] = [];
  const parent: number[] = [0];
  const find = (id: number): number => {
    let root = id;
    while (parent[root]! !== root) root = parent[root]!;
    while (parent[id]! !== root) [id, parent[id]] = [parent[id]!, root];
    return root;
  };
  // Darkening is in whole numbers, and so is what it is compared with.
  const least = Math.ceil(threshold) | 0;
  const fours = foursOf(darkening);
  for (let y = 0; y < height; y++) {
    const start = y * width;
    const stop = start + width;
    for (let at = start; at < stop; at++) {
      // Most of every sheet is paper, four pixels of it at a time.
      if ((at & 3) === 0 && at + 4 <= stop && fours[at >> 2] === 0) {
        at += 3;
        continue;
      }
      if (darkening[at]! < least) continue;
      const from = at;
      while (at < stop && darkening[at]! >= least) at++;
      let id = 0;
      if (y > 0) {
        const last = (at < stop ? at : stop - 1) - width;
        for (let above = (from > start ? from - 1 : from) - width; above <= last; above++) {
          const other = labels[above]!;
          if (other === 0) continue;
          if (id === 0) id = find(other);
          else if (other !== id) {
            const root = find(other);
            if (root !== id) parent[root] = id;
          }
        }
      }
      if (id === 0) {
        if (parent.length > MAX_RUNS) continue;
        id = parent.length;
        parent.push(id);
      }
      labels.fill(id, from, at);
      runs.push({ y, left: from - start, right: at - start, id });
    }
  }
  return measure({ darkening, width, height, labels }, runs, parent, find, band);
}

/** Pixels of one patch side by side in one row; right is the first one outside. */
type Run = { readonly y: number; readonly left: number; readonly right: number; readonly id: number };

type Sheet = {
  readonly darkening: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly labels: Uint16Array;
};

/** Goes through the runs alone, since most of every sheet is paper. */
function measure(
  { darkening, width, height, labels }: Sheet,
  runs: readonly Run[],
  parent: readonly number[],
  find: (id: number) => number,
  band: number,
): Labelled {
  const dense = new Uint16Array(parent.length);
  let count = 0;
  for (let id = 1; id < parent.length; id++) {
    const root = find(id);
    if (dense[root] === 0) dense[root] = ++count;
    dense[id] = dense[root]!;
  }
  const found = Array.from({ length: count }, (_, at) => ({
    id: at + 1,
    area: 0,
    mass: 0,
    rim: 0,
    runs: 0,
    box: { left: width, top: height, right: 0, bottom: 0 },
  }));
  // Columns before the one and from the other on lie in the edge band.
  const leftBand = Math.max(0, Math.min(width, Math.ceil(band)));
  const rightBand = Math.max(leftBand, Math.ceil(width - band));
  for (const { y, left, right, id } of runs) {
    const one = found[dense[id]! - 1]!;
    const row = y * width;
    let mass = 0;
    for (let at = row + left; at < row + right; at++) mass += darkening[at]!;
    labels.fill(one.id, row + left, row + right);
    one.area += right - left;
    one.mass += mass;
    one.runs++;
    one.rim +=
      y < band || y >= height - band
        ? right - left
        : Math.max(0, Math.min(right, leftBand) - left) + Math.max(0, right - Math.max(left, rightBand));
    const { box } = one;
    if (left < box.left) box.left = left;
    if (right > box.right) box.right = right;
    if (y < box.top) box.top = y;
    box.bottom = y + 1;
  }
  return { labels, components: found };
}
