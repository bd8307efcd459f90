import type { CatalogModel, CatalogVersion } from './catalog.ts';

/**
 * The version that serves this device: weighted rendezvous hashing. Every serving version draws a number from the
 * install id and its own name, the share bends it, the largest wins. So the arm needs no memory and no server, each
 * version gets its share of devices, and when one version's share moves against the others', devices move to it or
 * from it and nobody else is disturbed.
 * Source: C. Schindelhauer, G. Schomaker, "Weighted Distributed Hash Tables", SPAA 2005.
 *
 * model comes from readCatalog(), so at least one version serves. installId is a random UUID; any text works.
 */
export function armOf(model: CatalogModel, installId: string): CatalogVersion {
  let best: CatalogVersion | null = null;
  let bestScore = -Infinity;
  for (const entry of model.versions) {
    if (entry.status !== 'serving' || entry.share <= 0) continue;
    // -share / ln(u) for u in (0, 1): an exponential race in which each version wins in proportion to its share.
    const score = -entry.share / Math.log(unitHash(`${installId}/${model.id}/${entry.version}`));
    if (score > bestScore) {
      best = entry;
      bestScore = score;
    }
  }
  if (best === null) throw new RangeError(`no version of ${model.id} serves`);
  return best;
}

/**
 * A number in (0, 1) from a text: two 32-bit lanes of FNV-1a with different offsets, each finished by the mixer of
 * MurmurHash3, 53 bits of the two kept. The same on every engine.
 */
function unitHash(text: string): number {
  let low = 0x811c9dc5;
  let high = 0xc2b2ae35;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    low = Math.imul(low ^ code, 0x01000193);
    high = Math.imul(high ^ code, 0x01000193) ^ (high >>> 15);
  }
  const upper = mixed(high ^ low) >>> 5;
  const lower = mixed(low) >>> 6;
  return (upper * 0x4000000 + lower + 0.5) / 2 ** 53;
}

function mixed(lane: number): number {
  let bits = lane;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}
