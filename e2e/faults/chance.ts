/** Mulberry32: 0 ≤ x < 1, the same row for the same seed. */
export function chanceOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let x = Math.imul(state ^ (state >>> 15), state | 1);
    x ^= x + Math.imul(x ^ (x >>> 7), x | 61);
    return ((x ^ (x >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export function oneOf<T>(chance: () => number, things: readonly T[]): T {
  const found = things[Math.floor(chance() * things.length)];
  if (found === undefined) throw new Error('nothing to choose from');
  return found;
}
