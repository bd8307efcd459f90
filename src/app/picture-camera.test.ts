import { describe, expect, it } from 'vitest';
import { aimBox, problemOf } from './picture-camera.ts';

describe('the camera', () => {
  it('says why it is not there, by what the browser rejects with', () => {
    const rejected = (name: string): DOMException => new DOMException('', name);
    expect(problemOf(rejected('NotAllowedError'))).toBe('denied');
    expect(problemOf(rejected('NotFoundError'))).toBe('no-camera');
    expect(problemOf(rejected('NotReadableError'))).toBe('in-use');
    expect(problemOf(rejected('SomethingNew'))).toBe('failed');
    expect(problemOf('thrown text')).toBe('failed');
  });

  it('aims at a square in the middle, in whole pixels inside the picture', () => {
    expect(aimBox(1920, 1080)).toEqual({ left: 636, top: 216, right: 1284, bottom: 864 });
    expect(aimBox(480, 640)).toEqual({ left: 96, top: 176, right: 384, bottom: 464 });
    expect(aimBox(1, 1)).toEqual({ left: 0, top: 0, right: 1, bottom: 1 });
  });
});
