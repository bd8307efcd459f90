import { describe, expect, test } from 'vitest';
import { moved, restingPen } from './keyboard-pen.ts';
import { shortcutOf } from './use-shortcuts.ts';

const press = (key: string, ...held: ('ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey')[]) =>
  shortcutOf({
    key,
    ctrlKey: held.includes('ctrlKey'),
    metaKey: held.includes('metaKey'),
    shiftKey: held.includes('shiftKey'),
    altKey: held.includes('altKey'),
  });

describe('shortcuts', () => {
  test('undo and redo, on a PC and on a Mac', () => {
    expect(press('z', 'ctrlKey')).toBe('undo');
    expect(press('Z', 'metaKey', 'shiftKey')).toBe('redo');
    expect(press('y', 'ctrlKey')).toBe('redo');
  });

  test('single keys, also on a Hebrew keyboard', () => {
    expect(press('e')).toBe('eraser');
    expect(press('ק')).toBe('eraser');
    expect(press('Delete')).toBe('clear');
    expect(press('?', 'shiftKey')).toBe('help');
  });

  test('keys of the browser are left to it', () => {
    expect(press('e', 'ctrlKey')).toBeNull();
    expect(press('ArrowLeft', 'altKey')).toBeNull();
    expect(press('a')).toBeNull();
  });
});

describe('the pen led by keys', () => {
  test('two arrows go aslant, opposite ones stand still', () => {
    const aslant = moved(restingPen, new Set(['ArrowLeft', 'ArrowDown']), false).place;
    expect(aslant.x).toBeLessThan(restingPen.place.x);
    expect(aslant.y).toBeGreaterThan(restingPen.place.y);
    expect(moved(restingPen, new Set(['ArrowLeft', 'ArrowRight']), true)).toEqual(restingPen);
  });

  test('it stays on the sheet', () => {
    let pen = restingPen;
    for (let i = 0; i < 100; i++) pen = moved(pen, new Set(['ArrowUp', 'ArrowRight']), true);
    expect(pen.place).toEqual({ x: 1, y: 0 });
  });
});
