import { existsSync, openSync, readFileSync, readSync, closeSync } from 'node:fs';
import { join } from 'node:path';
import { LINE_CUE_LENGTH } from '#glyph/spec';
import type { Split } from '../rasters/splitting.ts';

/** One letter of a known writer, as training/rasters/make.ts wrote it. */
export type RasterRow = {
  readonly label: string;
  readonly split: Split;
  readonly writer: string;
  readonly path: string;
  /** size × size bytes. */
  readonly raster: Uint8Array;
  readonly cue: Float32Array;
};

export type RowWish = { readonly splits: readonly Split[]; readonly variant: string };

/**
 * The rasters of letters whose writer is known, of all shards of a folder that make.ts filled, in its order. Only the
 * wished-for bytes are read: a full set is more than half a gigabyte. Throws where the folder holds no shard.
 */
export function readRasterRows(folder: string, size: number, { splits, variant }: RowWish): RasterRow[] {
  const rows: RasterRow[] = [];
  const area = size * size;
  if (!existsSync(join(folder, 'rows.0.tsv')))
    throw new Error(`${folder}: no rasters of training/rasters/make.ts here`);
  for (let shard = 0; existsSync(join(folder, `rows.${shard}.tsv`)); shard++) {
    const cueBytes = readFileSync(join(folder, `cues.${shard}.f32`));
    const cues = new Float32Array(cueBytes.buffer, cueBytes.byteOffset, cueBytes.byteLength / 4);
    const file = openSync(join(folder, `rasters.${shard}.u8`), 'r');
    const lines = readFileSync(join(folder, `rows.${shard}.tsv`), 'utf8')
      .trimEnd()
      .split('\n');
    for (const [at, line] of lines.entries()) {
      const [label = '-', split = '', , writer = '-', is = '', path = ''] = line.split('\t');
      const wished = splits.find((one) => one === split);
      if (label === '-' || writer === '-' || is !== variant || wished === undefined) continue;
      const raster = new Uint8Array(area);
      readSync(file, raster, 0, area, at * area);
      const cue = cues.slice(at * LINE_CUE_LENGTH, (at + 1) * LINE_CUE_LENGTH);
      rows.push({ label, split: wished, writer, path, raster, cue });
    }
    closeSync(file);
  }
  return rows;
}
