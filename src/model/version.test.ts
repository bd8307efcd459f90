import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compareVersions } from './version.ts';

// The order of https://semver.org, section 11, and our own first release behind it.
const rising = [
  '0.9.9',
  '1.0.0-alpha',
  '1.0.0-alpha.1',
  '1.0.0-alpha.beta',
  '1.0.0-beta',
  '1.0.0-beta.2',
  '1.0.0-beta.11',
  '1.0.0-rc.1',
  '1.0.0',
  '1.0.1',
  '1.2.0',
  '1.10.0',
  '2.0.0',
];

it('orders versions as semver does', () => {
  const index = fc.nat(rising.length - 1);
  fc.assert(
    fc.property(index, index, (a, b) => {
      expect(Math.sign(compareVersions(rising[a] ?? '', rising[b] ?? ''))).toBe(Math.sign(a - b));
    }),
  );
});

it('does not look at the build', () => {
  expect(compareVersions('1.2.3+abc', '1.2.3+def-7')).toBe(0);
});

it('takes what is no version for the oldest', () => {
  expect(compareVersions('test', '0.0.1')).toBeLessThan(0);
});
