import type { Found } from './finding.ts';
import { heightOf, widthOf } from './ink.ts';
import { blankRaster } from './raster.ts';
import type { Raster } from './raster.ts';

/** The letter alone, darkening fullInk and above made full ink; other patches and the paper are left out. */
export function cutOut({ darkening, labelled, letter, box }: Found, fullInk: number): Raster {
  const width = widthOf(box);
  const height = heightOf(box);
  const out = blankRaster(width, height);
  const mine = new Uint8Array(labelled.components.length + 1);
  for (const { id } of letter) mine[id] = 1;
  // What every pixel is: 0 another patch, 1 paper, 2 the letter; one pixel more all round, where nothing is the letter.
  const stride = width + 2;
  const what = new Uint8Array(stride * (height + 2));
  for (let y = 0; y < height; y++) {
    const from = (y + box.top) * darkening.width + box.left;
    const to = (y + 1) * stride + 1;
    for (let x = 0; x < width; x++) {
      const id = labelled.labels[from + x]!;
      what[to + x] = id === 0 ? 1 : mine[id]! * 2;
    }
  }
  for (let y = 0; y < height; y++) {
    const from = (y + box.top) * darkening.width + box.left;
    for (let x = 0; x < width; x++) {
      const value = darkening.data[from + x]!;
      const at = (y + 1) * stride + 1 + x;
      const kind = what[at]!;
      if (value === 0 || kind === 0 || (kind === 1 && !besideLetter(what, at, stride))) continue;
      out.data[y * width + x] = Math.min(255, (value * 255) / fullInk + 0.5);
    }
  }
  return out;
}

/** The soft rim of a stroke lies just outside the mask and belongs to it. */
function besideLetter(what: Uint8Array, at: number, stride: number): boolean {
  return (
    what[at - 1] === 2 ||
    what[at + 1] === 2 ||
    what[at - stride] === 2 ||
    what[at + stride] === 2 ||
    what[at - stride - 1] === 2 ||
    what[at - stride + 1] === 2 ||
    what[at + stride - 1] === 2 ||
    what[at + stride + 1] === 2
  );
}

/** ink in the middle of an empty size × size sheet; ink is no larger than that. */
export function centred(ink: Raster, size: number): Raster {
  const out = blankRaster(size, size);
  const left = (size - ink.width) >> 1;
  const top = (size - ink.height) >> 1;
  for (let y = 0; y < ink.height; y++) {
    out.data.set(ink.data.subarray(y * ink.width, (y + 1) * ink.width), (y + top) * size + left);
  }
  return out;
}
