/** How bright a row of pixels is. Pixels are 32-bit words, red lowest and alpha highest. */

/** A pixel's brightness on white paper, 0 to 255. */
function onWhite(pixel: number): number {
  const value = opaque(pixel);
  const alpha = pixel >>> 24;
  return alpha === 255 ? value : Math.round((value * alpha) / 255 + 255 - alpha) | 0;
}

/** The same of a pixel that lets no paper through. */
function opaque(pixel: number): number {
  // ITU-R BT.601 weights in 16-bit fixed point; they add up to 65536, so white stays 255.
  return ((pixel & 255) * 19595 + ((pixel >>> 8) & 255) * 38470 + ((pixel >>> 16) & 255) * 7471 + 32768) >> 16;
}

export function brightenByOpacity(pixels: Int32Array, offset: number, bright: Uint8Array): void {
  for (let x = 0; x < bright.length; x++) bright[x] = 255 - (pixels[offset + x]! >>> 24);
}

/** Lays a row on white paper; tells whether any of it let the paper through. */
export function brightenOnWhite(pixels: Int32Array, offset: number, bright: Uint8Array): boolean {
  let translucent = false;
  let before = -1;
  let value = 255;
  for (let x = 0; x < bright.length; x++) {
    const pixel = pixels[offset + x]!;
    // Drawn sheets are long runs of one colour.
    if (pixel !== before) {
      before = pixel;
      value = onWhite(pixel);
      if (pixel >>> 24 !== 255) translucent = true;
    }
    bright[x] = value;
  }
  return translucent;
}

/**
 * Sums of an opaque row over target columns that begin and end at 256ths of a pixel: whole numbers throughout, so the
 * sums are exact, and so is every order of adding them. last: for every target column the last source column that
 * begins in it; share: how many 256ths of that one lie inside. False where the row lets the paper through; then sums
 * mean nothing.
 */
export function sumOpaque(
  pixels: Int32Array,
  offset: number,
  last: Uint32Array,
  share: Uint16Array,
  sums: Float32Array,
): boolean {
  let x = offset;
  let carried = 0;
  let all = -1;
  for (let at = 0; at < sums.length; at++) {
    const end = offset + last[at]!;
    let sum = 0;
    while (x < end) {
      const pixel = pixels[x++]!;
      all &= pixel;
      sum += opaque(pixel);
    }
    const pixel = pixels[x++]!;
    all &= pixel;
    const value = opaque(pixel);
    const part = share[at]!;
    sums[at] = (carried + (sum << 8) + value * part) / 256;
    carried = value * (256 - part);
  }
  return all >>> 24 === 255;
}

/**
 * What a row adds to target columns that each take `factor` whole pixels of it, as steps from column to column: goes
 * from run to run of one colour, of which drawn sheets are made, and a run as wide as the sheet costs two additions.
 * steps has one place more than there are columns. Gives the number of runs, negative where one let the paper through.
 */
export function addRuns(pixels: Int32Array, offset: number, factor: number, steps: Int32Array): number {
  const stop = offset + (steps.length - 1) * factor;
  let runs = 0;
  let all = -1;
  let column = 0;
  /** Pixels of the column that the runs so far took. */
  let filled = 0;
  for (let x = offset; x < stop; runs++) {
    const pixel = pixels[x]!;
    const from = x;
    x++;
    while (x + 8 <= stop && (unlike(pixels, x, pixel) | unlike(pixels, x + 4, pixel)) === 0) x += 8;
    while (x < stop && pixels[x] === pixel) x++;
    all &= pixel;
    const value = onWhite(pixel);
    let run = x - from;
    if (filled > 0) {
      const fits = run < factor - filled ? run : factor - filled;
      addStep(steps, column, column + 1, fits * value);
      filled += fits;
      run -= fits;
      if (filled === factor) {
        column++;
        filled = 0;
      }
    }
    if (run >= factor) {
      const end = column + ((run / factor) | 0);
      addStep(steps, column, end, factor * value);
      run -= (end - column) * factor;
      column = end;
    }
    if (run > 0) {
      addStep(steps, column, column + 1, run * value);
      filled = run;
    }
  }
  return all >>> 24 === 255 ? runs : -runs;
}

/** 0 where the next four pixels are all of this colour: one question instead of four. */
const unlike = (pixels: Int32Array, x: number, pixel: number): number =>
  (pixels[x]! ^ pixel) | (pixels[x + 1]! ^ pixel) | (pixels[x + 2]! ^ pixel) | (pixels[x + 3]! ^ pixel);

function addStep(steps: Int32Array, from: number, to: number, value: number): void {
  steps[from] = steps[from]! + value;
  steps[to] = steps[to]! - value;
}

/** Adds what the steps amount to, and levels them. */
export function climb(steps: Int32Array, band: Float32Array): void {
  let sum = 0;
  for (let x = 0; x < band.length; x++) {
    sum += steps[x]!;
    band[x] = band[x]! + sum;
  }
  steps.fill(0);
}

/** Writes the means that the steps alone amount to, and levels them: a level stretch is one mean, written many times. */
export function writeLevels(steps: Int32Array, scaleX: number, scaleY: number, means: Uint8Array): void {
  let sum = 0;
  let mean = 0;
  for (let x = 0; x < means.length; x++) {
    const step = steps[x]!;
    if (step !== 0) {
      steps[x] = 0;
      sum += step;
      mean = (Math.fround(sum) * scaleX * scaleY + 0.5) | 0;
    }
    means[x] = mean;
  }
  steps[means.length] = 0;
}
