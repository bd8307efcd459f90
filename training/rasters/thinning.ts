/**
 * Thins a mask (1 = ink) to lines one pixel wide, in place (Zhang and Suen, "A fast parallel algorithm for
 * thinning digital patterns", CACM 27(3), 1984). width × height, row by row; the outermost pixels must be empty.
 */
export function thin(mask: Uint8Array, width: number, height: number): void {
  const remove: number[] = [];
  for (let changed = true; changed;) {
    changed = false;
    for (const pass of [0, 1] as const) {
      remove.length = 0;
      for (let y = 1; y < height - 1; y++) {
        for (let x = 1; x < width - 1; x++) {
          const at = y * width + x;
          if (mask[at] === 1 && removable(mask, at, width, pass)) remove.push(at);
        }
      }
      for (const at of remove) mask[at] = 0;
      if (remove.length > 0) changed = true;
    }
  }
}

function removable(mask: Uint8Array, at: number, width: number, pass: 0 | 1): boolean {
  const north = mask[at - width]!;
  const east = mask[at + 1]!;
  const south = mask[at + width]!;
  const west = mask[at - 1]!;
  const ring = [
    north,
    mask[at - width + 1]!,
    east,
    mask[at + width + 1]!,
    south,
    mask[at + width - 1]!,
    west,
    mask[at - width - 1]!,
  ];
  let neighbours = 0;
  let rises = 0;
  for (let i = 0; i < 8; i++) {
    neighbours += ring[i]!;
    if (ring[i] === 0 && ring[(i + 1) % 8] === 1) rises++;
  }
  if (neighbours < 2 || neighbours > 6 || rises !== 1) return false;
  return pass === 0
    ? north * east * south === 0 && east * south * west === 0
    : north * east * west === 0 && north * south * west === 0;
}
