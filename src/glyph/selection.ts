import type { Component } from './components.ts';
import { heightOf, unionOf, widthOf } from './ink.ts';
import type { Box } from './ink.ts';
import type { PictureSpec } from './spec.ts';

/**
 * Which patches of ink are the letter: of all groups that stand close enough to be the strokes of one (ה and ק have
 * detached ones) the weightiest, without specks, what is much fainter than the letter, remains of a frame, and pieces
 * of a neighbour that the edge cuts off.
 * width and height are those of the picture; null when the patches are noise rather than a letter.
 */
export function selectLetter(
  components: readonly Component[],
  width: number,
  height: number,
  spec: PictureSpec,
): readonly Component[] | null {
  const atEdge = ({ box }: Component): boolean =>
    box.left === 0 || box.top === 0 || box.right === width || box.bottom === height;
  // Shadows, fingers and neighbours come in over the edge; a letter mostly keeps off it.
  const weight = (one: Component): number => one.mass * (atEdge(one) ? spec.edgeWeight : 1);
  const inside = components.filter((one) => !(atEdge(one) && one.rim > spec.frameShare * one.area));
  const candidates = inside.length > 0 ? inside : components;
  const main = candidates.reduce<Component | null>(
    (best, one) => (best === null || weight(one) > weight(best) ? one : best),
    null,
  );
  if (main === null) return null;

  const strokes: Component[] = [];
  let noise = 0;
  for (const one of candidates) {
    const darkness = one.mass / one.area / (main.mass / main.area);
    if (atEdge(one)) {
      const tiny = one.area < spec.speck * main.area;
      const cutOff = one.area < spec.edgeFragment * main.area && !overlap(one.box, main.box);
      if (!tiny && !cutOff && darkness >= spec.edgeFaint) strokes.push(one);
    } else if (one.area < spec.speck * main.area || darkness < spec.faint) noise += one.area;
    else strokes.push(one);
  }
  if (strokes.length > MOST_PARTS) return null;
  const groups = grouped(strokes, spec.reach);
  const total = (group: readonly Component[]): number => group.reduce((sum, one) => sum + weight(one), 0);
  const letter = groups.reduce((best, group) => (total(group) > total(best) ? group : best));
  const box = letter.map((one) => one.box).reduce(unionOf);
  if (letter.reduce((sum, one) => sum + one.runs, 0) > spec.maxCrossings * heightOf(box)) return null;
  // A letter is a few strokes; where what is left outweighs it, there is no letter.
  const strays = strokes.filter((one) => !atEdge(one) && !letter.includes(one));
  return sumOfAreas(letter) < noise + sumOfAreas(strays) ? null : letter;
}

/** A broken pen line can leave a letter in several pieces, but not in this many. */
const MOST_PARTS = 12;

/** Splits patches into groups: within a group each stands within reach of the box of those before it. */
function grouped(strokes: readonly Component[], reach: number): readonly (readonly Component[])[] {
  const groups: { box: Box; readonly members: Component[] }[] = [];
  const heaviestFirst = strokes.toSorted((a, b) => b.mass - a.mass);
  for (const stroke of heaviestFirst) {
    let box = stroke.box;
    const members = [stroke];
    // Whatever it reaches joins it, and with every patch that joins the box may reach further.
    for (let at = 0; at < groups.length;) {
      const other = groups[at]!;
      if (gap(other.box, box) > reach * Math.max(longest(other.box), longest(box))) {
        at++;
        continue;
      }
      box = unionOf(box, other.box);
      members.unshift(...other.members);
      groups.splice(at, 1);
      at = 0;
    }
    groups.push({ box, members });
  }
  return groups.map((group) => group.members);
}

const sumOfAreas = (components: readonly Component[]): number => components.reduce((sum, one) => sum + one.area, 0);

const longest = (box: Box): number => Math.max(widthOf(box), heightOf(box));

const overlap = (a: Box, b: Box): boolean =>
  a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;

/** Shortest way from one box to the other; 0 where they touch or overlap. */
function gap(a: Box, b: Box): number {
  const across = Math.max(0, a.left - b.right, b.left - a.right);
  const down = Math.max(0, a.top - b.bottom, b.top - a.bottom);
  return Math.hypot(across, down);
}
