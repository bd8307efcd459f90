import type { Ink, LineHeight, Point, WritingLine } from '#glyph/ink';
import type { Random } from './random.ts';

/** A hand that is not the writer's: x' = a x + b y + …, around the centre of the letter. */
export type Warp = {
  readonly apply: (x: number, y: number) => readonly [number, number];
};

/**
 * A random change of hand around (centreX, centreY): tilt, slant, width against height, and a slow wobble of a few per
 * cent of reach (half the letter's size, in the same units). Never a mirror image: that is another letter.
 */
export function randomWarp(random: Random, centreX: number, centreY: number, reach: number, strength: number): Warp {
  const angle = random.normal() * 0.09 * strength;
  const slant = random.normal() * 0.15 * strength;
  const stretch = Math.exp(random.normal() * 0.11 * strength);
  const cos = Math.cos(angle);
  const sin = Math.sin(angle);
  const waves = [0, 1, 2].map(() => ({
    fx: random.normal() * 1.3,
    fy: random.normal() * 1.3,
    phase: random.between(0, 2 * Math.PI),
    ax: random.normal() * 0.035 * strength,
    ay: random.normal() * 0.035 * strength,
  }));
  return {
    apply(x, y) {
      const u = (x - centreX) / reach;
      const v = (y - centreY) / reach;
      let px = (u + slant * v) * stretch;
      let py = v / stretch;
      for (const { fx, fy, phase, ax, ay } of waves) {
        const wave = Math.sin(fx * u + fy * v + phase);
        px += ax * wave;
        py += ay * wave;
      }
      return [centreX + (px * cos - py * sin) * reach, centreY + (px * sin + py * cos) * reach];
    },
  };
}

/** The same ink in another hand, with the tremble of a finger on glass: noise that lasts for a few points. */
export function redraw(ink: Ink, warp: Warp, random: Random, tremble: number): Ink {
  return ink.map((stroke) => {
    let wanderX = 0;
    let wanderY = 0;
    return stroke.map(({ x, y, t }): Point => {
      wanderX = 0.85 * wanderX + random.normal() * tremble;
      wanderY = 0.85 * wanderY + random.normal() * tremble;
      const [px, py] = warp.apply(x, y);
      return { x: px + wanderX, y: py + wanderY, t };
    });
  });
}

/** Learners overshoot, stop short and lift the pen: cuts or lengthens stroke ends by a few per cent of reach. */
export function uncertainEnds(ink: Ink, random: Random, reach: number): Ink {
  return ink.map((stroke) => {
    if (stroke.length < 12) return stroke;
    const cut = Math.min(4, Math.max(0, Math.round(random.normal() * 1.5)));
    const kept = stroke.slice(cut, stroke.length - Math.min(4, Math.max(0, Math.round(random.normal() * 1.5))));
    const last = kept.at(-1)!;
    const before = kept.at(-5) ?? kept[0]!;
    const length = Math.hypot(last.x - before.x, last.y - before.y);
    if (!random.chance(0.3) || length === 0) return kept;
    const over = Math.abs(random.normal()) * 0.08 * reach;
    return [
      ...kept,
      {
        x: last.x + ((last.x - before.x) / length) * over,
        y: last.y + ((last.y - before.y) / length) * over,
        t: last.t + 1,
      },
    ];
  });
}

/** A line that was judged by eye: moved and stretched a little. */
export function unevenLine<Line extends WritingLine | LineHeight>(line: Line, random: Random): Line;
export function unevenLine(line: WritingLine | LineHeight, random: Random): WritingLine | LineHeight {
  const stretch = Math.exp(random.normal() * 0.08);
  if ('lineHeight' in line) return { lineHeight: line.lineHeight * stretch };
  const height = line.baseline - line.headline;
  const middle = (line.baseline + line.headline) / 2 + random.normal() * 0.06 * height;
  return { headline: middle - (height / 2) * stretch, baseline: middle + (height / 2) * stretch };
}
