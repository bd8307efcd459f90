import { expect, test } from 'vitest';
import { pictureBytes, problemOfPicture } from './record-picture.ts';
import { pngOf } from './record.fixture.ts';

test.each([
  ['a small one', pngOf(1, 1)],
  ['as large as may be', pngOf(256, 256)],
  ['what says how it looks', pngOf(20, 30, ['sRGB', [0]], ['pHYs', [0, 0, 0, 1, 0, 0, 0, 1, 1]])],
  ['a part of a larger buffer', Uint8Array.from([9, 9, ...pngOf(5, 5), 9]).subarray(2, -1)],
])('%s is taken', (_, bytes) => {
  expect(problemOfPicture(bytes)).toBeNull();
});

const whole = pngOf(20, 30);
test.each([
  ['a JPEG', Uint8Array.of(0xff, 0xd8, 0xff, 0xe0), 'no PNG'],
  ['nothing', new Uint8Array(), 'no PNG'],
  ['too wide', pngOf(257, 1), '257 × 1'],
  ['of no height', pngOf(5, 0), '5 × 0'],
  ['with Exif', pngOf(20, 30, ['eXIf', [1, 2]]), 'more than pixels: eXIf'],
  ['with a text', pngOf(20, 30, ['tEXt', [65]]), 'more than pixels: tEXt'],
  ['with an unknown chunk', pngOf(20, 30, ['zzZz', []]), 'more than pixels: zzZz'],
  ['with two headers', pngOf(20, 30, ['IHDR', Array(13).fill(1)]), 'one header'],
  ['cut off', whole.subarray(0, -1), 'too early'],
  ['without an end', whole.subarray(0, -12), 'too early'],
  ['with something behind', Uint8Array.from([...whole, 0]), 'behind its end'],
  ['with a chunk that is longer than the file', whole.with(33, 255), 'too early'],
  ['heavy', new Uint8Array(pictureBytes + 1), 'at most'],
])('%s is refused', (_, bytes, why) => {
  expect(problemOfPicture(bytes)).toContain(why);
});
