import { expect, test } from 'vitest';
import { alphabet } from './alphabet.ts';
import { labelOfKey } from './letter-keys.ts';
import type { Key } from './letter-keys.ts';

const hebrew = new Map(alphabet.map(({ label, char }) => [label, char]));
const press = (key: string, code = '', held: Partial<Key> = {}): Key => ({
  key,
  code,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  ...held,
});

test('every letter is picked by the key that writes it, final forms too', () => {
  for (const { label, char } of alphabet) expect(labelOfKey(press(char), hebrew), char).toBe(label);
});

test('with an English layout the place of the key counts, and reaches every letter', () => {
  const codes = ['KeyT', 'KeyC', 'KeyD', 'KeyS', 'KeyV', 'KeyU', 'KeyZ', 'KeyJ', 'KeyY', 'KeyH', 'KeyF', 'KeyL'];
  codes.push('KeyK', 'KeyN', 'KeyO', 'KeyB', 'KeyI', 'KeyX', 'KeyG', 'KeyP', 'Semicolon', 'KeyM', 'Period', 'KeyE');
  codes.push('KeyR', 'KeyA', 'Comma');
  expect(codes.map((code) => labelOfKey(press('?', code), hebrew))).toEqual(alphabet.map(({ label }) => label));
});

test('what the key writes outranks where it lies', () => {
  expect(labelOfKey(press('ש', 'KeyT'), hebrew)).toBe('shin');
});

test('commands and keys without a letter pick nothing', () => {
  expect(labelOfKey(press('ש', 'KeyA', { ctrlKey: true }), hebrew)).toBeNull();
  expect(labelOfKey(press('t', 'KeyT', { altKey: true }), hebrew)).toBeNull();
  for (const [key, code] of [
    ['Escape', 'Escape'],
    ['Tab', 'Tab'],
    ['7', 'Digit7'],
  ] as const) {
    expect(labelOfKey(press(key, code), hebrew)).toBeNull();
  }
});

test('the signs of another model are picked by their own keys', () => {
  const digits = new Map([
    ['three', '3'],
    ['capital-b', 'B'],
  ]);
  expect(labelOfKey(press('3', 'Digit3'), digits)).toBe('three');
  expect(labelOfKey(press('b', 'KeyB'), digits)).toBe('capital-b');
  expect(labelOfKey(press('x', 'KeyX'), digits)).toBeNull();
});
