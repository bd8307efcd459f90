import fc from 'fast-check';
import { expect, test } from 'vitest';
import { backoffLimits as limits, readRetryAfter, waitAfter } from './backoff.ts';
import { meaningOf } from './verdict-of-answer.ts';

const chance = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true });
const failures = fc.integer({ min: 1, max: 5000 });

test('a wait is drawn from all of a window that doubles up to its bound', () => {
  fc.assert(
    fc.property(failures, chance, (n, drawn) => {
      const window = Math.min(limits.most, limits.base * 2 ** (n - 1));
      expect(waitAfter(n, null, () => drawn, limits)).toBeCloseTo(drawn * window, -1);
    }),
  );
  expect([1, 2, 3, 20].map((n) => waitAfter(n, null, () => 0.5, limits))).toEqual([1000, 2000, 4000, 300_000]);
  expect(waitAfter(1, null, () => 0, limits)).toBe(0);
});

test('what the server asked for is waited for, but no longer than an hour', () => {
  fc.assert(
    fc.property(failures, fc.double({ min: 0, noNaN: true }), chance, (n, asked, drawn) => {
      const wait = waitAfter(n, asked, () => drawn, limits);
      expect(wait).toBeGreaterThanOrEqual(Math.min(Math.floor(asked), limits.mostRetryAfter));
      expect(wait).toBeLessThanOrEqual(limits.mostRetryAfter + limits.most);
    }),
  );
});

test('Retry-After is read in seconds and as a date', () => {
  const now = Date.parse('2026-11-21T09:00:00Z');
  expect(readRetryAfter('120', now)).toBe(120_000);
  expect(readRetryAfter(' 0 ', now)).toBe(0);
  expect(readRetryAfter('Sat, 21 Nov 2026 09:01:30 GMT', now)).toBe(90_000);
  expect(readRetryAfter('Sat, 21 Nov 2026 08:00:00 GMT', now)).toBe(0);
});

test.each([null, '', '-5', '1.5', 'soon', '2026-11-21', 'Sat, 99 Nov 2026 09:01:30 GMT', '9'.repeat(20)])(
  'a Retry-After of %j says nothing',
  (header) => {
    expect(readRetryAfter(header, 0)).toBeNull();
  },
);

test('an answer means one of three things, whatever its status', () => {
  const by = (meaning: string) =>
    Array.from({ length: 500 }, (_, i) => 100 + i).filter((status) => meaningOf(status, 'nginx') === meaning);
  expect(by('delivered')).toEqual([200, 201, 204, 412]);
  const clientErrors = Array.from({ length: 100 }, (_, i) => 400 + i);
  expect(by('refused')).toEqual(clientErrors.filter((status) => ![408, 412, 429].includes(status)));
});

test('S3 may be at the same object still', () => {
  expect(meaningOf(409, 's3')).toBe('later');
  expect(meaningOf(409, 'nginx')).toBe('refused');
});
