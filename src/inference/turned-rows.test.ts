import fc from 'fast-check';
import { expect, it } from 'vitest';
import { storedBox, turnRows } from './turned-rows.ts';
import type { Turns } from '#glyph/turned';

/** By hand: one quarter clockwise, as often as asked. */
function turned(picture: readonly (readonly number[])[], turns: Turns): readonly (readonly number[])[] {
  if (turns === 0) return picture;
  const [first = []] = picture;
  return turned(
    first.map((_, x) => picture.map((row) => row[x] ?? -1).toReversed()),
    (turns - 1) as Turns,
  );
}

it('any band of a picture turned by the frame is what turning the whole picture by hand gives', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      fc.constantFrom<Turns>(0, 1, 2, 3),
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 4, maxLength: 4 }),
      (width, height, turns, [a = 0, b = 0, c = 0, d = 0]) => {
        const picture = Array.from({ length: height }, (_, y) => Array.from({ length: width }, (_, x) => y * 100 + x));
        const shown = turned(picture, turns);
        const shownWidth = shown[0]?.length ?? 0;
        const left = Math.floor(a * (shownWidth - 1));
        const top = Math.floor(b * (shown.length - 1));
        const right = left + 1 + Math.floor(c * (shownWidth - left - 1));
        const bottom = top + 1 + Math.floor(d * (shown.length - top - 1));
        const box = storedBox({ left, top, right, bottom }, { width, height }, turns);
        const stored = picture.slice(box.top, box.bottom).flatMap((row) => row.slice(box.left, box.right));
        const out = new Uint32Array(stored.length);
        const size = { width: box.right - box.left, height: box.bottom - box.top };
        turnRows(Uint32Array.from(stored), size, turns, out);
        expect([...out]).toEqual(shown.slice(top, bottom).flatMap((row) => row.slice(left, right)));
      },
    ),
  );
});
