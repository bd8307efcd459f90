import type { Plane } from './extremes.ts';
import type { Luma } from './luma.ts';
import { foursOf } from './raster.ts';

/**
 * How much darker than the paper around it each pixel is: 0 = paper, 255 = black on any paper.
 * inverted: the picture was read as light ink on dark, so it is how much lighter.
 */
export type Darkening = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
  readonly inverted: boolean;
};

/** Paper darker than this is a photograph of the night: a ratio there would only amplify its noise. */
const NIGHT = 40;

/** Darkening = 1 − brightness / paper, where all of the paper is of one level: a table of 256 shades says it all. */
export function againstFlat({ width, height, data }: Luma, level: number, inverted: boolean): Darkening {
  const flip = inverted ? 255 : 0;
  const table = Uint8Array.from({ length: 256 }, (_, shade) => {
    const drop = level - (shade ^ flip);
    return drop > 0 ? Math.min(255, (drop * 255) / Math.max(NIGHT, level) + 0.5) : 0;
  });
  const out = new Uint8Array(width * height);
  const fours = foursOf(data);
  // No four pixels at first; then the last four that were all paper, like which most of every sheet is.
  let blank = -1;
  for (let i = 0; i < fours.length; i++) {
    const four = fours[i]!;
    if (four === blank) continue;
    const at = i << 2;
    const a = table[data[at]!]!;
    const b = table[data[at + 1]!]!;
    const c = table[data[at + 2]!]!;
    const d = table[data[at + 3]!]!;
    if ((a | b | c | d) === 0) {
      blank = four;
      continue;
    }
    out[at] = a;
    out[at + 1] = b;
    out[at + 2] = c;
    out[at + 3] = d;
  }
  for (let at = fours.length << 2; at < data.length; at++) out[at] = table[data[at]!]!;
  return { width, height, data: out, inverted };
}

/** The same on paper that is lighter here and darker there: it is read between its small copy's pixels. */
export function against(luma: Luma, paper: Plane, inverted: boolean): Darkening {
  const { width, height, data } = luma;
  const out = new Uint8Array(width * height);
  // One more than the small copy has columns, so that a copy of one column has a right neighbour too.
  const line = new Float32Array(paper.width + 1);
  const { ends, across } = columnsBetween(paper.width, width);
  const flip = inverted ? 255 : 0;
  const fours = foursOf(data);
  for (let y = 0; y < height; y++) {
    const py = Math.max(0, Math.min(paper.height - 1, ((y + 0.5) * paper.height) / height - 0.5));
    const upper = Math.min(Math.max(0, paper.height - 2), Math.floor(py));
    const down = py - upper;
    const lower = Math.min(paper.height - 1, upper + 1);
    let most = 0;
    for (let x = 0; x < paper.width; x++) {
      const a = paper.data[upper * paper.width + x]!;
      line[x] = a + (paper.data[lower * paper.width + x]! - a) * down;
      if (line[x]! > most) most = line[x]!;
    }
    line[paper.width] = line[paper.width - 1]!;
    const row = y * width;
    // Where a row begins as bright as all of the paper, so are the margins that go on like that.
    const [from, to] = (data[row]! ^ flip) >= most ? withoutMargins(fours, row, width) : [0, width];
    for (let left = 0, x = from; left < ends.length; left++) {
      const a = line[left]!;
      const b = line[left + 1]!;
      const brightest = a > b ? a : b;
      for (const end = ends[left]! < to ? ends[left]! : to; x < end; x++) {
        const value = data[row + x]! ^ flip;
        // As bright as the paper on both sides is no darker than the paper in between: most of every sheet.
        if (value >= brightest) continue;
        const level = a + (b - a) * across[x]!;
        const drop = level - value;
        if (drop <= 0) continue;
        const darkness = (drop * 255) / (level < NIGHT ? NIGHT : level) + 0.5;
        out[row + x] = darkness < 255 ? darkness : 255;
      }
    }
  }
  return { width, height, data: out, inverted };
}

/** What is left of a row, from and to, without the pixels at both ends that are all like its first one. */
function withoutMargins(fours: Uint32Array, row: number, width: number): readonly [from: number, to: number] {
  // Rows that do not begin with a word of their own are gone through whole.
  if (width % 4 !== 0) return [0, width];
  const first = fours[row >> 2]!;
  if (first !== Math.imul(first & 255, 0x01010101) >>> 0) return [0, width];
  let from = row >> 2;
  let to = (row + width) >> 2;
  while (from < to && fours[from] === first) from++;
  while (to > from && fours[to - 1] === first) to--;
  return [from * 4 - row, to * 4 - row];
}

/**
 * Where the columns of a picture lie between those of its small copy. ends: the first column that lies right of each
 * gap of the copy; across: how far a column lies from the left side of its gap to the right one, 0 to 1.
 */
function columnsBetween(
  copyWidth: number,
  width: number,
): { readonly ends: Uint16Array; readonly across: Float32Array } {
  const ends = new Uint16Array(Math.max(1, copyWidth - 1));
  const across = new Float32Array(width);
  for (let x = 0; x < width; x++) {
    const px = Math.max(0, Math.min(copyWidth - 1, ((x + 0.5) * copyWidth) / width - 0.5));
    const left = Math.min(Math.max(0, copyWidth - 2), Math.floor(px));
    across[x] = px - left;
    ends[left] = x + 1;
  }
  for (let left = 1; left < ends.length; left++) ends[left] = Math.max(ends[left]!, ends[left - 1]!);
  return { ends, across };
}
