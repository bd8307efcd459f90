import type { Component } from './components.ts';
import type { Box } from './ink.ts';
import type { PictureSpec } from './spec.ts';

/**
 * Which patches of ink are the letter: all of them (ה and ק have detached strokes) but specks, what is much fainter
 * than the letter, thin remains of a frame along an edge, and pieces of a neighbour that the edge cuts off.
 * width and height are those of the picture; null when the patches are noise rather than a letter.
 */
export function selectLetter(
  components: readonly Component[],
  width: number,
  height: number,
  spec: PictureSpec,
): readonly Component[] | null {
  const candidates = withoutFrame(components, width, height, spec);
  const main = candidates.reduce<Component | null>(
    (best, one) => (best === null || one.mass > best.mass ? one : best),
    null,
  );
  if (main === null) return null;
  const kept: Component[] = [];
  let keptArea = 0;
  let allArea = 0;
  for (const one of candidates) {
    allArea += one.area;
    if (one !== main) {
      if (one.area < spec.speck * main.area) continue;
      if (one.mass / one.area < spec.faint * (main.mass / main.area)) continue;
      const cutOff = touchesEdge(one.box, width, height) && !overlap(one.box, main.box);
      if (cutOff && one.area < spec.edgeFragment * main.area) continue;
    }
    kept.push(one);
    keptArea += one.area;
  }
  // A letter is a few strokes; where many specks are left, or they outweigh it, there is no letter.
  if (kept.length > MOST_PARTS || keptArea < allArea / 2) return null;
  return kept;
}

/** A broken pen line can leave a letter in several pieces, but not in this many. */
const MOST_PARTS = 12;

function withoutFrame(
  components: readonly Component[],
  width: number,
  height: number,
  spec: PictureSpec,
): readonly Component[] {
  const band = spec.frameBand * Math.min(width, height);
  const inside = components.filter(({ box }) => {
    const along =
      (box.top === 0 && box.bottom <= band) ||
      (box.bottom === height && height - box.top <= band) ||
      (box.left === 0 && box.right <= band) ||
      (box.right === width && width - box.left <= band);
    return !along;
  });
  return inside.length > 0 ? inside : components;
}

const touchesEdge = (box: Box, width: number, height: number): boolean =>
  box.left === 0 || box.top === 0 || box.right === width || box.bottom === height;

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
