import { expect, test } from 'vitest';
import { readReport } from './lighthouse-report.ts';

const category = (score: number | null, ...ids: string[]) => ({
  score,
  auditRefs: [...ids.map((id) => ({ id, weight: 10 })), { id: 'advice', weight: 0 }],
});
const report = (performance: number | null) => ({
  categories: {
    performance: category(performance, 'total-blocking-time', 'speed-index'),
    accessibility: category(1, 'contrast'),
    'best-practices': category(1, 'contrast'),
    seo: category(1),
  },
  audits: {
    'total-blocking-time': { score: 0.7, title: 'Total Blocking Time', displayValue: '310 ms' },
    'speed-index': { score: 1, title: 'Speed Index', displayValue: '1.2 s' },
    contrast: { score: null, title: 'Contrast' },
    advice: { score: 0, title: 'Advice' },
  },
});

test('marks are of a hundred, and only what counts and was not passed whole cost points', () => {
  const { marks, costly, figures } = readReport(report(0.96));
  expect(marks).toEqual({ performance: 96, accessibility: 100, 'best-practices': 100, seo: 100 });
  expect(costly).toEqual([{ id: 'total-blocking-time', says: 'Total Blocking Time 310 ms (0.7)' }]);
  expect(figures).toContain('TBT 310 ms');
});

test('a page that could not be measured has no mark, and does not pass for one with none to lose', () => {
  expect(() => readReport(report(null))).toThrow('gave no mark');
});
