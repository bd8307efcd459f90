import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { digestOf, sha256 } from './sha256.ts';

const reference = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

it('hashes by hand as Node does, around every block border', () => {
  for (let length = 0; length <= 130; length++) {
    const bytes = Uint8Array.from({ length }, (_, index) => index * 31);
    expect(Buffer.from(digestOf(bytes)).toString('hex')).toBe(reference(bytes));
  }
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 3000 }),
      (bytes) => Buffer.from(digestOf(bytes)).toString('hex') === reference(bytes),
    ),
  );
});

it('hashes by WebCrypto the same', async () => {
  const bytes = new TextEncoder().encode('אבג');
  expect(await sha256(bytes)).toBe(reference(bytes));
});
