import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { drawnRecord, idAt, pngOf, uploadedRecord, withdrawalOf } from './record.fixture.ts';
import type { FeedbackLine } from './record.ts';
import { inkPoints } from './wire-schema.ts';
import { lineFromJson, lineToJson, WireError } from './wire.ts';

const parsed = (line: FeedbackLine) => JSON.parse(lineToJson(line));

function refusal(text: string): WireError {
  try {
    lineFromJson(text);
  } catch (error) {
    if (error instanceof WireError) return error;
    throw error;
  }
  throw new Error('was read');
}

describe('what is written', () => {
  const nothingFound = { seen: null, prediction: { label: null, reason: 'blank', top: [] } } as const;
  test.each([
    ['drawn', drawnRecord(5)],
    ['uploaded', uploadedRecord(5)],
    ['by the camera, without its picture', uploadedRecord(5, { source: 'camera', picture: null })],
    ['nothing found in it', uploadedRecord(5, nothingFound)],
    ['unreadable', drawnRecord(5, { verdict: 'unreadable', label: null })],
    ['withdrawn', withdrawalOf(idAt(5), 3, 77)],
  ])('is read back: %s', (_, line) => {
    expect(lineFromJson(lineToJson(line))).toEqual(line);
  });

  test('is read back to the last bit of every number and byte', () => {
    // JSON has no -0, and it makes no difference to a length.
    const number = fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0);
    const point = fc.record({ x: number, y: number, t: number });
    const raster = fc
      .record({ width: fc.integer({ min: 1, max: 20 }), height: fc.integer({ min: 1, max: 20 }) })
      .chain(({ width, height }) =>
        fc.record({
          width: fc.constant(width),
          height: fc.constant(height),
          data: fc.uint8Array({ minLength: width * height, maxLength: width * height }),
        }),
      );
    const ink = fc.array(fc.array(point, { maxLength: 5 }), { maxLength: 5 });
    fc.assert(
      fc.property(ink, raster, fc.float({ noNaN: true, noDefaultInfinity: true }), (ink, raster, cue) => {
        const line = drawnRecord(9, {
          drawn: { ink, line: { headline: 0, baseline: 1 } },
          seen: { raster, cue: [cue + 0] },
        });
        expect(lineFromJson(lineToJson(line))).toEqual(line);
      }),
      { numRuns: 300 },
    );
  });

  test('is one line, in the same bytes whatever the order of keys', () => {
    const line = uploadedRecord(5, { receipt: { ...uploadedRecord(5).receipt, appBuild: '1\n2' } });
    const reversed = Object.fromEntries(Object.entries(line).toReversed()) as unknown as FeedbackLine;
    expect(lineToJson(line)).not.toContain('\n');
    expect(lineToJson(reversed)).toBe(lineToJson(line));
  });

  test('fits into a batch, however much was drawn', () => {
    const longest = { x: -1.2345678901234567e-100, y: -1.2345678901234567e-100, t: -1.2345678901234567e-100 };
    const ink = [Array.from({ length: inkPoints }, () => longest)];
    const line = drawnRecord(5, { drawn: { ink, line: { headline: 0, baseline: 1 } } });
    expect(lineFromJson(lineToJson(line))).toEqual(line);
    expect(lineToJson(line).length).toBeLessThan(2_000_000);
  });
});

describe('what is refused', () => {
  test.each<[situation: string, text: string, code: string, path: string]>([
    ['no JSON', '{"schema":1', 'not-json', ''],
    ['nothing', '', 'not-json', ''],
    ['a list', '[]', 'invalid', ''],
    ['null', 'null', 'invalid', ''],
    ['of a later version', '{"schema":2,"withdrawn":"perhaps"}', 'newer-schema', 'schema'],
    ['a key too much, which could hold anything', changed({ device: 'x' }), 'invalid', ''],
    ['a UUID of version 4', changed({ id: '3f2504e0-4f89-41d3-9a0c-0305e82c3301' }), 'invalid', 'id'],
    ['an id in capitals, which would be another id', changed({ id: idAt(0xabc).toUpperCase() }), 'invalid', 'id'],
    ['a day that is not there', changed({ time: '2026-02-31T00:00:00.000Z' }), 'invalid', 'time'],
    ['local time', changed({ time: '2026-02-11T00:00:00.000+02:00' }), 'invalid', 'time'],
    ['a revision below zero', changed({ revision: -1 }), 'invalid', 'revision'],
    ['a label with markup', changed({ label: '<b>' }), 'invalid', 'label'],
    ['unreadable and yet named', changed({ verdict: 'unreadable' }), 'invalid', 'label'],
    ['corrected to nothing', changed({ verdict: 'corrected', label: null }), 'invalid', 'label'],
    ['drawn and yet a photograph', changed({ source: 'camera' }), 'invalid', 'drawn'],
    ['drawn without ink', changed({ drawn: null }), 'invalid', 'drawn'],
    ['drawn with a picture', changed({ picture: 'AAAA' }), 'invalid', 'picture'],
    [
      'a line upside down',
      changed({ drawn: { ink: [], line: { headline: 1, baseline: 1 } } }),
      'invalid',
      'drawn.line',
    ],
    ['a raster that is cut', changed({ seen: { cue: [], raster: raster('AAAA') } }), 'invalid', 'seen.raster.data'],
    [
      'a raster that is no base64',
      changed({ seen: { cue: [], raster: raster('AA-A') } }),
      'invalid',
      'seen.raster.data',
    ],
    ['a point without time', changed({ drawn: { ink: [[{ x: 1, y: 1 }]], line } }), 'invalid', 'drawn.ink[0][0].t'],
    [
      'six candidates',
      changed({ prediction: { ...drawnRecord(5).prediction, top: six } }),
      'invalid',
      'prediction.top',
    ],
    [
      'neither label nor reason',
      changed({ prediction: { label: null, reason: null, top: [] } }),
      'invalid',
      'prediction',
    ],
    [
      'both label and reason',
      changed({ prediction: { label: 'alef', reason: 'unsure', top: [] } }),
      'invalid',
      'prediction',
    ],
    [
      'a hash in capitals',
      changed({ receipt: { ...receipt, fileHash: 'AB'.repeat(32) } }),
      'invalid',
      'receipt.fileHash',
    ],
    ['a picture with a place in it', picture(pngOf(9, 9, ['eXIf', [1]])), 'invalid', 'picture'],
    ['a large picture', picture(pngOf(300, 9)), 'invalid', 'picture'],
    [
      'a withdrawal that is none',
      JSON.stringify({ ...withdrawalOf(idAt(5), 1, 5), withdrawn: false }),
      'invalid',
      'withdrawn',
    ],
    ['a withdrawal that brings more', JSON.stringify({ ...withdrawalOf(idAt(5), 1, 5), label: 'x' }), 'invalid', ''],
  ])('%s', (_, text, code, path) => {
    expect(refusal(text)).toMatchObject({ code, path });
  });

  test('too many points over all strokes', () => {
    const stroke = Array.from({ length: inkPoints / 2 + 1 }, () => ({ x: 0, y: 0, t: 0 }));
    expect(refusal(changed({ drawn: { ink: [stroke, stroke], line } }))).toMatchObject({ path: 'drawn.ink' });
  });

  test('a change of any one character, or it is another line that is as good', () => {
    const text = lineToJson(uploadedRecord(5));
    const places = fc.integer({ min: 0, max: text.length - 1 });
    fc.assert(
      fc.property(places, fc.string({ minLength: 1, maxLength: 1 }), (at, character) => {
        const spoilt = text.slice(0, at) + character + text.slice(at + 1);
        try {
          const line = lineFromJson(spoilt);
          const again = lineToJson(line);
          expect(lineToJson(lineFromJson(again))).toBe(again);
        } catch (error) {
          expect(error).toBeInstanceOf(WireError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  test('says where, and repeats nothing of what it holds', () => {
    const { message } = refusal(changed({ label: 'https://example.org' }));
    expect(message).toBe('label: is not written as it must be');
  });
});

function changed(change: object): string {
  return JSON.stringify({ ...parsed(drawnRecord(5)), ...change });
}
function picture(bytes: Uint8Array): string {
  return lineToJson(uploadedRecord(5, { picture: bytes }));
}
function raster(data: string) {
  return { width: 2, height: 2, data };
}
const line = { headline: 0, baseline: 1 };
const { receipt } = drawnRecord(5);
const six = Array.from({ length: 6 }, () => ({ label: 'alef', probability: 0.1 }));
