import { describe, expect, it } from 'vitest';
import { covered, dice, grey, he, lamed, mapPixels, padded, picture, written } from './pictures.fixture.ts';
import type { Piece } from './pictures.fixture.ts';
import { apart, rasterOf, read, seen } from './seen.fixture.ts';
import { spec } from './spec.fixture.ts';
import { glyphFromInk } from './strokes.ts';

const plain = written(200, 160, he(50, 30));

describe('one picture by the trait of what is around its letter', () => {
  it('whiteOnBlack: the negative gives the same bytes', () => {
    expect(rasterOf(mapPixels(plain, (value) => 255 - value)).data).toEqual(rasterOf(plain).data);
  });

  it('transparentBackground: black or white ink on nothing is read alike', () => {
    const onNothing = (ink: number) =>
      picture(200, 160, (x, y) => [ink, ink, ink, Math.round(255 * covered(x, y, he(50, 30), 8))]);
    const onWhite = written(200, 160, he(50, 30), { ink: 0, paper: 255 });
    expect(apart(rasterOf(onNothing(0)), rasterOf(onWhite)).most).toBeLessThanOrEqual(1);
    expect(apart(rasterOf(onNothing(255)), rasterOf(onWhite)).most).toBeLessThanOrEqual(1);
  });

  it('shadowedPhoto: a hard shadow across the letter and one along the edge leave the letter alone', () => {
    const across = (x: number, y: number): number => (x + y / 3 < 330 ? 1 : 0.55);
    const soft = (x: number, y: number): number => Math.max(0.45, Math.min(1, (760 - x - y) / 240));
    const letter = he(240, 140, 160);
    const lit = rasterOf(written(600, 450, letter, { pen: 14 }));
    const hard = rasterOf(written(600, 450, letter, { pen: 14, light: across }));
    expect(seen(hard)).toMatchInlineSnapshot(`
      "................
      .+##########:...
      .-=========*%...
      ............*#..
      .............%+.
      .............=#.
      .............=#.
      ....*=.......=#.
      ....#=.......=#.
      ....%-.......=#.
      ....@:.......=#.
      ....@........=#.
      ...:@........=#.
      ...-%........=#.
      ...:+........:+.
      ................
      47e9a5fe61e66848"
    `);
    expect(apart(hard, lit).mean).toBeLessThan(6);
    expect(apart(rasterOf(written(600, 450, letter, { pen: 14, light: soft })), lit).mean).toBeLessThan(6);
  });

  it('frameRemains: a corner of a printed frame is not part of the letter', () => {
    const frame: readonly Piece[] = [
      [4, 4, 4, 160],
      [4, 4, 200, 4],
    ];
    expect(
      apart(
        rasterOf(written(200, 160, [...he(50, 30), ...frame], { pen: 6 })),
        rasterOf(written(200, 160, he(50, 30), { pen: 6 })),
      ).most,
    ).toBeLessThanOrEqual(1);
  });

  it('neighbourCutOff: a piece of the next letter at the edge stays out', () => {
    const both = rasterOf(written(300, 160, [...he(50, 30), ...lamed(280, 30)]));
    expect(apart(both, rasterOf(written(300, 160, he(50, 30)))).most).toBeLessThanOrEqual(1);
  });

  it('speckInside: a speck within the letter is left out', () => {
    const speck = (x: number, y: number): number => (x >> 1 === 45 && y >> 1 === 35 ? 0.2 : 1);
    const spotted = rasterOf(written(200, 160, he(50, 30), { light: speck }));
    expect(apart(spotted, rasterOf(plain)).most).toBeLessThanOrEqual(1);
  });

  it('sheetOnDesk: a page photographed on a dark desk is read as the page', () => {
    const page = written(200, 160, he(50, 30));
    expect(apart(rasterOf(padded(page, 60, 40, 50, 45, 45)), rasterOf(plain)).mean).toBeLessThan(3);
  });

  it('ruledPaper: pale lines under the letter vanish', () => {
    const lines = written(300, 240, he(100, 70), { light: (_, y) => (y % 40 < 2 ? 0.82 : 1) });
    expect(apart(rasterOf(lines), rasterOf(written(300, 240, he(100, 70)))).mean).toBeLessThan(2);
  });

  it('tinyInLargePicture: a letter of a thirtieth of the picture is looked at from close by', () => {
    const far = rasterOf(written(1500, 1100, he(900, 200, 50), { pen: 4 }));
    expect(apart(far, rasterOf(written(110, 110, he(30, 30, 50), { pen: 4 }))).mean).toBeLessThan(2);
  });

  it('blank: paper of any brightness, black or clear holds nothing', () => {
    for (const shade of [grey(255), grey(230), grey(0), [0, 0, 0, 0], [255, 255, 255, 0]] as const) {
      expect(read(picture(120, 90, () => shade))).toEqual({ kind: 'empty', reason: 'blank' });
    }
    expect(read(picture(400, 300, (x) => grey(200 + x / 16)))).toEqual({ kind: 'empty', reason: 'blank' });
    expect(glyphFromInk([], null, spec)).toEqual({ kind: 'empty', reason: 'blank' });
    expect(glyphFromInk([[]], null, spec)).toEqual({ kind: 'empty', reason: 'blank' });
  });

  it('noiseOnly: grain and scattered specks are no letter', () => {
    for (const strength of [60, 120, 250]) {
      const roll = dice(strength);
      const grain = picture(400, 300, () => grey(128 + (roll() - 0.5) * strength));
      expect(read(grain)).toEqual({ kind: 'empty', reason: 'noise' });
    }
    const roll = dice(5);
    const specks = picture(240, 240, () => grey(roll() < 0.02 ? 20 : 240));
    expect(read(specks)).toEqual({ kind: 'empty', reason: 'noise' });
  });
});
