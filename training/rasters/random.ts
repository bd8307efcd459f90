/** A small seeded generator (mulberry32), so that a training set is the same wherever it is made. */
export type Random = {
  /** Uniform in [0, 1). */
  unit(): number;
  between(low: number, high: number): number;
  normal(): number;
  chance(probability: number): boolean;
  whole(low: number, highInclusive: number): number;
};

export function seeded(seed: number): Random {
  let state = seed >>> 0;
  const unit = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return {
    unit,
    between: (low, high) => low + (high - low) * unit(),
    // Box and Muller; 1 - unit() keeps the logarithm finite.
    normal: () => Math.sqrt(-2 * Math.log(1 - unit())) * Math.cos(2 * Math.PI * unit()),
    chance: (probability) => unit() < probability,
    whole: (low, highInclusive) => low + Math.floor(unit() * (highInclusive - low + 1)),
  };
}

/** A seed of its own for every name (FNV-1a), so that adding a picture does not change the others. */
export function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}
