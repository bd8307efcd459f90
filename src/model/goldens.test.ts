import { describe, expect, it } from 'vitest';
import { pictureOf, readGoldens } from './goldens.ts';
import { verdictOn } from './verdict.ts';
import { readManifest } from './manifest.ts';
import { document, spoilt } from './package.fixture.ts';

const manifest = readManifest(document('manifest'));

describe('goldens', () => {
  it('hold a raster of the size that the manifest says', () => {
    const [first] = readGoldens(document('goldens'), manifest).goldens;
    expect(first && pictureOf(first)).toHaveLength(16 * 16);
  });

  it.each<[situation: string, path: string, value: unknown, place: string]>([
    ['come from the future', 'schemaVersion', 2, 'goldens.schemaVersion'],
    ['belong to another version', 'version', '1.0.1', 'goldens.version'],
    ['name an unknown label', 'goldens.0.label', 'alef', 'goldens.goldens[0].label'],
    ['hold a picture that is too small', 'goldens.0.picture', 'AAAA', 'goldens.goldens[0].picture'],
    ['hold a picture that is no base64', 'goldens.0.picture', '<svg>', 'goldens.goldens[0].picture'],
    ['lack a file', 'goldens.0.expected.int8', undefined, 'goldens.goldens[0].expected.int8'],
    ['lack a logit', 'goldens.0.expected.int8.logits', [1, 2], 'goldens.goldens[0].expected.int8.logits'],
    [
      'expect another letter than they show',
      'goldens.0.expected.int8.logits',
      [0, 1, 0],
      'goldens.goldens[0].expected.int8.logits',
    ],
    [
      'leave a backend without a bound',
      'tolerance.fp32-packed.webgl',
      undefined,
      'goldens.tolerance.fp32-packed.webgl',
    ],
    ['have a negative bound', 'tolerance.int8.wasm', -1, 'goldens.tolerance.int8.wasm'],
  ])('are refused when they %s', (_, path, value, place) => {
    expect(() => readGoldens(spoilt(document('goldens'), path, value), manifest)).toThrow(
      expect.objectContaining({ code: 'manifest-invalid', path: place }),
    );
  });

  it('are refused when a label has none', () => {
    const goldens = document('goldens');
    const rest = Object.values(goldens['goldens'] ?? {}).filter((golden) => String(golden['label']) !== 'nun');
    expect(() => readGoldens(spoilt(goldens, 'goldens', rest), manifest)).toThrow('no input for the label "nun"');
  });
});

describe('a run against its golden', () => {
  it('is free of error when the float32 that the text names comes back', () => {
    expect(verdictOn([0.1, 3], Float32Array.of(0.1, 3))).toEqual({ largestError: 0, sameTop: true });
  });

  it('has an infinite error when a number is missing or none', () => {
    expect(verdictOn([1, 2], [1]).largestError).toBe(Infinity);
    expect(verdictOn([1, 2], [NaN, 2]).largestError).toBe(Infinity);
    expect(verdictOn([1, 2, 3], [NaN, 2, 3.5]).largestError).toBe(Infinity);
  });

  it('tells when another label came first', () => {
    expect(verdictOn([1, 1.001], [1.001, 1])).toMatchObject({ sameTop: false });
  });
});
