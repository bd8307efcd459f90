import { expect, test } from 'vitest';
import { isWithin, weigh } from './budgets.ts';

const file = (path: string, bytes: number, ...imports: string[]) => ({ path, bytes, imports });
const files = [
  file('index-1.js', 10, 'page-1.js'),
  file('page-1.js', 90),
  file('Screen-1.js', 20, 'page-1.js', 'part-1.js'),
];
const build = [...files, file('part-1.js', 5)];
const budgets = { firstVisit: { files: ['index-'], most: 100 }, screen: { files: ['Screen-'], most: 25 } };

test('a part weighs what it imports, however far, but not what every visit has aboard', () => {
  expect(weigh(build, budgets).map(({ name, bytes }) => [name, bytes])).toEqual([
    ['firstVisit', 100],
    ['screen', 25],
  ]);
  expect(weigh(build, budgets).every(isWithin)).toBe(true);
});

test('one byte too many in a shared part fails those that import it', () => {
  const heavier = [...files, file('part-1.js', 6)];
  expect(weigh(heavier, budgets).map(isWithin)).toEqual([true, false]);
});

test('a part whose files are gone fails instead of weighing nothing', () => {
  expect(weigh(build, { ...budgets, screen: { files: ['Renamed-'], most: 25 } }).map(isWithin)).toEqual([true, false]);
});
