export type Plane = { readonly width: number; readonly height: number; readonly data: Float32Array };

/** For every pixel the largest and the smallest value near it. */
export type Extremes = { readonly brightest: Plane; readonly darkest: Plane };

/** Over a square window of 2 × radius + 1; outside the plane there is nothing. */
export function extremesNear(plane: Plane, radius: number): Extremes {
  const { width, height, data } = plane;
  const longest = Math.max(width, height);
  const room: Room = { most: new Float64Array(longest), least: new Float64Array(longest) };
  const across = alongRows(data, data, width, height, radius, room);
  // Every pass gives its result transposed, so that two of them come out upright again.
  const { most, least } = alongRows(across.most, across.least, height, width, radius, room);
  return { brightest: { width, height, data: most }, darkest: { width, height, data: least } };
}

type Room = { readonly most: Float64Array; readonly least: Float64Array };
type Passed = { readonly most: Float32Array; readonly least: Float32Array };

/**
 * Van Herk and Gil-Werman: a window reaches over at most two blocks of its own length, so the running extremes of
 * every block, forward and backward, are all that is needed: three comparisons a pixel, whatever the radius.
 */
function alongRows(
  high: Float32Array,
  low: Float32Array,
  width: number,
  height: number,
  radius: number,
  { most, least }: Room,
): Passed {
  const span = 2 * radius + 1;
  const passed: Passed = { most: new Float32Array(width * height), least: new Float32Array(width * height) };
  for (let y = 0; y < height; y++) {
    const row = y * width;
    // The first block begins where the first window does, radius before the row.
    for (let block = -radius; block < width; block += span) {
      const from = block < 0 ? 0 : block;
      let up = -Infinity;
      let down = Infinity;
      for (let x = (block + span < width ? block + span : width) - 1; x >= from; x--) {
        const h = high[row + x]!;
        const l = low[row + x]!;
        if (h > up) up = h;
        if (l < down) down = l;
        most[x] = up;
        least[x] = down;
      }
    }
    let up = -Infinity;
    let down = Infinity;
    let nextBlock = span - radius;
    for (let last = 0, x = -radius; x < width; last++, x++) {
      if (last === nextBlock) {
        up = -Infinity;
        down = Infinity;
        nextBlock += span;
      }
      if (last < width) {
        const h = high[row + last]!;
        const l = low[row + last]!;
        if (h > up) up = h;
        if (l < down) down = l;
      }
      if (x < 0) continue;
      const first = x < radius ? 0 : x - radius;
      const a = most[first]!;
      const b = least[first]!;
      passed.most[x * height + y] = a > up ? a : up;
      passed.least[x * height + y] = b < down ? b : down;
    }
  }
  return passed;
}
