import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ModelError } from './error.ts';
import { joined, littleEndian, pack, withHeader } from './packed.fixture.ts';
import type { PackedPart } from './packed.fixture.ts';
import { expandPacked } from './packed.ts';

const copies = fc.uint8Array({ minLength: 1, maxLength: 40 }).map((bytes): PackedPart => ({ kind: 'copy', bytes }));
const rows = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 9 })).chain(([count, columns]) =>
  fc.record({
    kind: fc.constant('int8' as const),
    scales: fc.float32Array({
      minLength: count,
      maxLength: count,
      noNaN: true,
      noDefaultInfinity: true,
      max: 2 ** 100,
      min: -(2 ** 100),
    }),
    columns: fc.constant(columns),
    values: fc.int8Array({ minLength: count * columns, maxLength: count * columns }),
  }),
);
const files = fc.array(fc.oneof(copies, rows), { minLength: 1, maxLength: 6 });

/** What a file stands for, said in the plainest way. */
function meant(parts: readonly PackedPart[]): Uint8Array {
  return joined(
    parts.map((part) => {
      if (part.kind === 'copy') return part.bytes;
      const products = Float32Array.from(part.values, (value, index) =>
        Math.fround((part.scales[Math.floor(index / part.columns)] ?? 0) * value),
      );
      return littleEndian(products);
    }),
  );
}

describe('a packed file', () => {
  it('expands to its segments one behind the other, wherever in memory it lies', () => {
    fc.assert(
      fc.property(files, fc.nat(7), (parts, shift) => {
        const expected = meant(parts);
        const shifted = joined([new Uint8Array(shift), pack(parts)]).subarray(shift);
        expect(expandPacked(shifted, expected.length)).toEqual(expected);
      }),
    );
  });

  it('is refused when cut anywhere', () => {
    fc.assert(
      fc.property(files, fc.nat(), (parts, cut) => {
        const packed = pack(parts);
        expect(() => expandPacked(packed.subarray(0, cut % packed.length), meant(parts).length)).toThrow(ModelError);
      }),
    );
  });

  it('is refused with bytes to spare', () => {
    fc.assert(
      fc.property(files, fc.uint8Array({ minLength: 1, maxLength: 9 }), (parts, spare) => {
        expect(() => expandPacked(joined([pack(parts), spare]), meant(parts).length)).toThrow('bytes of payload');
      }),
    );
  });

  it('never throws anything but our own error, whatever the bytes', () => {
    fc.assert(
      fc.property(
        files,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }),
        (parts, changes) => {
          const packed = pack(parts);
          for (const [at, value] of changes) packed[at % packed.length] = value;
          try {
            expandPacked(packed, meant(parts).length);
          } catch (error) {
            expect(error).toBeInstanceOf(ModelError);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  const copyOf = (bytes: unknown): string => JSON.stringify({ segments: [{ kind: 'copy', bytes }] });
  const one = new Uint8Array(1);
  it.each<[situation: string, packed: Uint8Array, words: string]>([
    ['is empty', new Uint8Array(), 'too few'],
    ['is something else', joined([new TextEncoder().encode('PK')]), 'too few'],
    ['is a ZIP file', new Uint8Array(64).fill(80), 'does not begin with KTAVPACK'],
    ['has a newer format', withHeader(copyOf(1), [one], 2), 'format version 2 is unknown'],
    ['has a header that is no JSON', withHeader('{', [one]), 'no JSON'],
    ['has no segments', withHeader('{"segments":[]}'), 'too small'],
    [
      'has a segment of a kind that nobody knows',
      withHeader('{"segments":[{"kind":"zstd","bytes":1}]}', [one]),
      'kind',
    ],
    ['copies less than nothing', withHeader(copyOf(-1), [one]), 'too small'],
    ['copies half a byte', withHeader(copyOf(1.5), [one]), 'int'],
    ['copies gigabytes', withHeader(copyOf(4e9), [one]), 'too large'],
    [
      'multiplies to more than numbers can count',
      withHeader('{"segments":[{"kind":"int8","rows":67108864,"columns":67108864}]}', [one]),
      'bytes of payload',
    ],
    ['expands to less than promised', withHeader(copyOf(1), [one]), 'the manifest says 4'],
    [
      'scales by infinity',
      pack([{ kind: 'int8', scales: Float32Array.of(Infinity), columns: 1, values: Int8Array.of(1) }]),
      'scale of row 0',
    ],
    [
      'scales beyond float32',
      pack([{ kind: 'int8', scales: Float32Array.of(3e38), columns: 1, values: Int8Array.of(1) }]),
      'scale of row 0',
    ],
    [
      'scales by no number',
      pack([{ kind: 'int8', scales: Float32Array.of(NaN), columns: 1, values: Int8Array.of(1) }]),
      'scale of row 0',
    ],
  ])('is refused when it %s', (_, packed, words) => {
    expect(() => expandPacked(packed, 4)).toThrow(words);
  });

  it('is refused when its header claims to be longer than the file', () => {
    const packed = withHeader(copyOf(1), [one]);
    new DataView(packed.buffer).setUint32(12, 2 ** 32 - 1, true);
    expect(() => expandPacked(packed, 1)).toThrow('does not fit');
  });
});
