import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fromBase64, toBase64 } from './base64.ts';

test('bytes are written as every other program writes them', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(toBase64(bytes)).toBe(Buffer.from(bytes).toString('base64'));
    }),
  );
});

test('what was written is read back, also when it is longer than one go', () => {
  const large = Uint8Array.from({ length: 50_000 }, (_, i) => (i * 131) % 256);
  expect(fromBase64(toBase64(large))).toEqual(large);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
      expect(fromBase64(toBase64(bytes))).toEqual(bytes);
    }),
  );
});

test('a text that is read is the only one for its bytes', () => {
  const nearlyBase64 = fc.string({ unit: fc.constantFrom(...'AQgw/+z9= -_\n'), maxLength: 12 });
  fc.assert(
    fc.property(nearlyBase64, (text) => {
      const bytes = fromBase64(text);
      if (bytes !== null) expect(toBase64(bytes)).toBe(text);
    }),
    { numRuns: 2000 },
  );
});

test.each(['A', 'AA', 'AAA', 'AB==', 'AAB=', '====', 'A===', '=AAA', 'AA=A', 'AA==AAAA', 'AA A', 'AA-_', 'ÀAAA'])(
  '%s is no base64',
  (text) => {
    expect(fromBase64(text)).toBeNull();
  },
);
