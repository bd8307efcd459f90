import type { Box } from './ink.ts';
import type { Darkening } from './paper.ts';

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
  const parent: number[] = [0];
  const find = (id: number): number => {
    let root = id;
    while (parent[root]! !== root) root = parent[root]!;
    while (parent[id]! !== root) [id, parent[id]] = [parent[id]!, root];
    return root;
  };
  for (let y = 0; y < height; y++) {
    const start = y * width;
    for (let x = 0; x < width; x++) {
      if (darkening[start + x]! < threshold) continue;
      const left = x;
      while (x < width && darkening[start + x]! >= threshold) x++;
      let id = 0;
      if (y > 0) {
        const above = start - width;
        const end = x < width ? x : width - 1;
        for (let u = left > 0 ? left - 1 : 0; u <= end; u++) {
          const other = labels[above + u]!;
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
      labels.fill(id, start + left, start + x);
    }
  }
  return measure(darkening, width, height, labels, parent, find, band);
}

function measure(
  darkening: Uint8Array,
  width: number,
  height: number,
  labels: Uint16Array,
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
  const area = new Float64Array(count + 1);
  const mass = new Float64Array(count + 1);
  const rim = new Float64Array(count + 1);
  const runs = new Float64Array(count + 1);
  const left = new Int32Array(count + 1).fill(width);
  const right = new Int32Array(count + 1);
  const top = new Int32Array(count + 1).fill(height);
  const bottom = new Int32Array(count + 1);
  for (let y = 0; y < height; y++) {
    const rimRow = y < band || y >= height - band;
    for (let x = 0, at = y * width; x < width; x++, at++) {
      if (labels[at] === 0) continue;
      const id = dense[labels[at]!]!;
      labels[at] = id;
      area[id] = area[id]! + 1;
      mass[id] = mass[id]! + darkening[at]!;
      if (x === 0 || labels[at - 1] === 0) runs[id] = runs[id]! + 1;
      if (rimRow || x < band || x >= width - band) rim[id] = rim[id]! + 1;
      if (x < left[id]!) left[id] = x;
      if (x >= right[id]!) right[id] = x + 1;
      if (y < top[id]!) top[id] = y;
      bottom[id] = y + 1;
    }
  }
  const components: Component[] = [];
  for (let id = 1; id <= count; id++) {
    const box = { left: left[id]!, top: top[id]!, right: right[id]!, bottom: bottom[id]! };
    components.push({ id, area: area[id]!, mass: mass[id]!, rim: rim[id]!, runs: runs[id]!, box });
  }
  return { labels, components };
}
