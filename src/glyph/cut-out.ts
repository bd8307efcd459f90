import type { Found } from './finding.ts';
import { heightOf, widthOf } from './ink.ts';
import type { Darkening } from './darkening.ts';
import { blankRaster, foursOf } from './raster.ts';
import type { Raster } from './raster.ts';
import type { RasterRows } from './resample.ts';

/** The letter alone, darkening fullInk and above made full ink; other patches and the paper are left out. */
export function cutOut({ darkening, labelled, letter, box }: Found, fullInk: number): RasterRows {
  const width = widthOf(box);
  const { labels } = labelled;
  const mine = new Uint8Array(labelled.components.length + 1);
  for (const { id } of letter) mine[id] = 1;
  const scaled = Uint8Array.from({ length: 256 }, (_, value) => Math.min(255, (value * 255) / fullInk + 0.5));
  const fours = foursOf(darkening.data);
  const row = new Uint8Array(width);
  return {
    width,
    height: heightOf(box),
    row(y) {
      row.fill(0);
      const from = (y + box.top) * darkening.width + box.left;
      for (let x = 0; x < width; x++) {
        const at = from + x;
        if ((at & 3) === 0 && fours[at >> 2] === 0) {
          x += 3;
          continue;
        }
        const value = darkening.data[at]!;
        if (value === 0) continue;
        const id = labels[at]!;
        if (id === 0 ? besideLetter(labels, mine, at, darkening) : mine[id] === 1) row[x] = scaled[value]!;
      }
      return row;
    },
  };
}

/** The soft rim of a stroke lies just outside the mask and belongs to it. */
function besideLetter(labels: Uint16Array, mine: Uint8Array, at: number, { width, height }: Darkening): boolean {
  const y = (at / width) | 0;
  const x = at - y * width;
  const left = x > 0 ? -1 : 0;
  const right = x < width - 1 ? 1 : 0;
  const bottom = y < height - 1 ? at + width : at;
  for (let row = y > 0 ? at - width : at; row <= bottom; row += width) {
    for (let one = row + left; one <= row + right; one++) if (mine[labels[one]!] === 1) return true;
  }
  return false;
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
