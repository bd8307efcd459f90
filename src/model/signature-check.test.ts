import { describe, expect, it, vi } from 'vitest';
import { checkByLibrary, isSignedBy } from './signature-check.ts';
import { testKey } from './signed.fixture.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex, 'hex'));

/** RFC 8032, section 7.1, test 3. */
const rfc = {
  key: 'fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025',
  message: bytes('af82'),
  signature:
    '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a',
};
const flipped = (hex: string, bit: number): string => {
  const changed = bytes(hex);
  changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return Buffer.from(changed).toString('hex');
};

describe.each([
  ['with WebCrypto', () => undefined],
  ['without Ed25519 in WebCrypto', () => vi.spyOn(crypto.subtle, 'importKey').mockRejectedValue(new Error('no'))],
  ['without WebCrypto, as on http://', () => vi.stubGlobal('crypto', {})],
])('a signature, %s', (_, arrange) => {
  it('of the standard counts, and with any bit of it flipped it does not', { timeout: 60_000 }, async () => {
    arrange();
    try {
      expect(await isSignedBy(rfc.key, rfc.message, rfc.signature)).toBe(true);
      for (let bit = 0; bit < 512; bit += 37) {
        expect(await isSignedBy(rfc.key, rfc.message, flipped(rfc.signature, bit)), `bit ${bit}`).toBe(false);
      }
      expect(await isSignedBy(rfc.key, bytes('af83'), rfc.signature)).toBe(false);
      expect(await isSignedBy(testKey(1).publicKey, rfc.message, rfc.signature)).toBe(false);
      // No point of the curve at all.
      expect(await isSignedBy('ff'.repeat(32), rfc.message, rfc.signature)).toBe(false);
    } finally {
      vi.restoreAllMocks();
      vi.unstubAllGlobals();
    }
  });
});

it('the library says of many what WebCrypto says', { timeout: 60_000 }, async () => {
  for (let seed = 1; seed < 12; seed++) {
    const key = testKey(seed);
    const message = Uint8Array.from({ length: seed * 13 }, (_, at) => at * seed);
    const signature = bytes(key.sign(message));
    expect(await checkByLibrary(bytes(key.publicKey), message, signature)).toBe(true);
    expect(await checkByLibrary(bytes(testKey(seed + 1).publicKey), message, signature)).toBe(false);
  }
});
