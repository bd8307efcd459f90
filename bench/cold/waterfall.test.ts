import { expect, test } from 'vitest';
import { waterfallOf } from './waterfall.ts';

test('each answer is a line: bytes, asked, first and last byte, and its share of the visit', () => {
  const [page, script, unanswered] = waterfallOf([
    { path: '/', bytes: 500, asked: 0, began: 200, ended: 200 },
    { path: '/assets/start.js', bytes: 9000, asked: 200, began: 400, ended: 1200 },
    { path: '/sw.js', bytes: 0, asked: 600, began: Number.NaN, ended: Number.NaN },
  ]);
  expect(page?.replaceAll(/ +/g, ' ')).toBe(`/ 500 0 200 200 ${'·'.repeat(10)}█`);
  expect(script?.replaceAll(/ +/g, ' ')).toBe(`start.js 9000 200 400 1200 ${'·'.repeat(10)}${'█'.repeat(40)}`);
  expect(unanswered?.replaceAll(/ +/g, ' ')).toBe(`sw.js 0 600 – – ${'·'.repeat(30)}`);
});

test('a visit that asked for nothing has no lines', () => {
  expect(waterfallOf([])).toEqual([]);
});
