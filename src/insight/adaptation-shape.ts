/** A raster's ink as numbers that say where its edges run, for telling one hand's letters from another's. */

/** As Raster of #glyph/raster: one byte a pixel, 255 = ink. */
type InkRaster = { readonly width: number; readonly height: number; readonly data: Uint8Array };

const CELLS = 8;
const DIRECTIONS = 8;

/**
 * A histogram of oriented gradients (Dalal and Triggs, 2005): in each of 8 × 8 cells, how much edge runs in each of 8
 * directions, a stroke's two sides told apart; every pixel shares itself out among the neighbouring cells, so that a
 * shift by a pixel changes little. Square roots, then length 1; all zeros for an empty raster. 512 numbers.
 *
 * The model's embedding knows letters and was trained to forget hands. This forgets nothing of the hand.
 */
export function shapeOf({ width, height, data }: InkRaster): Float32Array {
  const shape = new Float32Array(CELLS * CELLS * DIRECTIONS);
  const soft = softened(data, width, height);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const at = y * width + x;
      const across = (soft[at + 1] ?? 0) - (soft[at - 1] ?? 0);
      const down = (soft[at + width] ?? 0) - (soft[at - width] ?? 0);
      if (across === 0 && down === 0) continue;
      const turn = (Math.atan2(down, across) / (2 * Math.PI) + 1) * DIRECTIONS;
      const strength = Math.sqrt(across * across + down * down);
      spread(shape, ((x + 0.5) * CELLS) / width - 0.5, ((y + 0.5) * CELLS) / height - 0.5, turn, strength);
    }
  }
  for (let i = 0; i < shape.length; i++) shape[i] = Math.sqrt(shape[i] ?? 0);
  return ofLengthOne(shape);
}

/** A copy of length 1; a zero vector stays one. */
export function ofLengthOne(vector: ArrayLike<number>): Float32Array {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += (vector[i] ?? 0) ** 2;
  const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  return Float32Array.from(vector, (value) => value * scale);
}

/** One pixel's edge, shared out linearly among four cells and two directions. */
function spread(shape: Float32Array, column: number, row: number, turn: number, strength: number): void {
  const [left, top, before] = [Math.floor(column), Math.floor(row), Math.floor(turn)];
  for (let cellY = Math.max(0, top); cellY <= Math.min(CELLS - 1, top + 1); cellY++) {
    for (let cellX = Math.max(0, left); cellX <= Math.min(CELLS - 1, left + 1); cellX++) {
      const share = strength * (1 - Math.abs(row - cellY)) * (1 - Math.abs(column - cellX));
      const cell = (cellY * CELLS + cellX) * DIRECTIONS;
      const first = cell + (before % DIRECTIONS);
      const second = cell + ((before + 1) % DIRECTIONS);
      shape[first] = (shape[first] ?? 0) + share * (before + 1 - turn);
      shape[second] = (shape[second] ?? 0) + share * (turn - before);
    }
  }
}

/** Blurred by 1 4 6 4 1 in both directions: edges of single pixels say more about the scanner than about the hand. */
function softened(data: Uint8Array, width: number, height: number): Float32Array {
  const rows = blurred(data, width, height, 1, 0);
  return blurred(rows, width, height, 0, 1);
}

function blurred(from: ArrayLike<number>, width: number, height: number, stepX: number, stepY: number): Float32Array {
  const to = new Float32Array(width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = -2; k <= 2; k++) {
        const [nearX, nearY] = [x + k * stepX, y + k * stepY];
        if (nearX < 0 || nearY < 0 || nearX >= width || nearY >= height) continue;
        sum += (BLUR[k + 2] ?? 0) * (from[nearY * width + nearX] ?? 0);
      }
      to[y * width + x] = sum;
    }
  }
  return to;
}

const BLUR = [1 / 16, 4 / 16, 6 / 16, 4 / 16, 1 / 16];
