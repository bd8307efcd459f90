import { describe, expect, test } from 'vitest';
import { makeRecord } from './make-record.ts';
import type { RecordParts } from './make-record.ts';
import { idAt, pngOf } from './record.fixture.ts';
import { lineFromJson, lineToJson } from './wire.ts';
import { inkPoints } from './wire-schema.ts';

const labels = ['alef', 'shin', 'tet', 'mem', 'samekh', 'pe', 'qof'];
const candidates = labels.map((label, i) => ({ label, probability: 0.5 / 2 ** i }));
const raster = { width: 2, height: 2, data: Uint8Array.of(1, 2, 3, 4, 5).subarray(1) };
const receipt = {
  model: 'hebrew-letters',
  version: '0.2.0',
  fileHash: 'cd'.repeat(32),
  backend: 'webgl',
  preprocess: 3,
  appBuild: '0.1.0+abc',
} as const;

const drawn: RecordParts = {
  id: idAt(7),
  now: new Date(1234),
  answer: {
    prediction: { kind: 'letter', label: 'alef', probability: 0.5, candidates },
    raster,
    cue: [1, 0.5, 1, 0.25],
    receipt,
  },
  source: 'draw',
  drawn: { ink: [[{ x: 1, y: 2, t: 0 }]], line: { headline: 0, baseline: 10 } },
  picture: null,
  said: { verdict: 'corrected', label: 'shin' },
};
const uploaded: RecordParts = { ...drawn, source: 'upload', drawn: null, picture: pngOf(10, 10) };
const stroke = (points: number) => Array.from({ length: points }, (_, t) => ({ x: t, y: 0, t }));
const withInk = (...ink: { x: number; y: number; t: number }[][]) =>
  makeRecord({ ...drawn, drawn: { ink, line: { headline: 0, baseline: 10 } } });

describe('a record', () => {
  test('of a drawing holds what was drawn, seen, said and by which model', () => {
    expect(makeRecord(drawn)).toEqual({
      schema: 1,
      id: idAt(7),
      revision: 0,
      time: '1970-01-01T00:00:01.234Z',
      source: 'draw',
      drawn: { ink: [[{ x: 1, y: 2, t: 0 }]], line: { headline: 0, baseline: 10 } },
      seen: { raster: { width: 2, height: 2, data: Uint8Array.of(2, 3, 4, 5) }, cue: [1, 0.5, 1, 0.25] },
      picture: null,
      prediction: { label: 'alef', reason: null, top: candidates.slice(0, 5) },
      verdict: 'corrected',
      label: 'shin',
      receipt,
    });
  });

  test('is one that the wire carries', () => {
    for (const parts of [drawn, uploaded, { ...uploaded, picture: null }]) {
      const record = makeRecord(parts);
      expect(lineFromJson(lineToJson(record))).toEqual(record);
    }
  });

  test('of an abstention says why, and keeps what came closest', () => {
    const prediction = { kind: 'abstention', reason: 'unsure', candidates: candidates.slice(0, 2) } as const;
    expect(makeRecord({ ...uploaded, answer: { ...drawn.answer, prediction } }).prediction).toEqual({
      label: null,
      reason: 'unsure',
      top: candidates.slice(0, 2),
    });
  });

  test('of something in which nothing was found has nothing seen', () => {
    const prediction = { kind: 'abstention', reason: 'blank', candidates: [] } as const;
    const record = makeRecord({
      ...uploaded,
      answer: { receipt, prediction, raster: null, cue: null },
      said: { verdict: 'unreadable', label: null },
    });
    expect(record).toMatchObject({ seen: null, label: null, prediction: { reason: 'blank', top: [] } });
    expect(lineFromJson(lineToJson(record))).toEqual(record);
  });

  test('says what the model said where adaptation changed the letter, and is a correction of that', () => {
    const prediction = { kind: 'letter', label: 'shin', probability: 0.7, candidates } as const;
    const answer = { ...drawn.answer, prediction, byModel: drawn.answer.prediction };
    const right = makeRecord({ ...drawn, answer, said: { verdict: 'confirmed', label: 'shin' } });
    expect(right).toMatchObject({ verdict: 'corrected', label: 'shin', prediction: { label: 'alef' } });
    const wrong = makeRecord({ ...drawn, answer, said: { verdict: 'corrected', label: 'alef' } });
    expect(wrong).toMatchObject({ verdict: 'confirmed', label: 'alef', prediction: { label: 'alef' } });
  });

  test('is not changed by who goes on using the answer', () => {
    const data = Uint8Array.of(1, 1, 1, 1);
    const picture = pngOf(3, 3);
    const parts = { ...uploaded, picture, answer: { ...drawn.answer, raster: { width: 2, height: 2, data } } };
    const record = makeRecord(parts);
    data.fill(9);
    picture.fill(9);
    expect(record.seen?.raster.data).toEqual(Uint8Array.of(1, 1, 1, 1));
    expect(record.picture).toEqual(pngOf(3, 3));
  });
});

describe('an ink', () => {
  const counted = (record: ReturnType<typeof withInk>) => record.drawn?.ink.map(({ length }) => length) ?? [];
  const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0);

  test('that fits is kept to the last point', () => {
    expect(counted(withInk(stroke(inkPoints - 1), stroke(1)))).toEqual([inkPoints - 1, 1]);
  });

  test('that is too long is thinned over its whole length', () => {
    const record = withInk(stroke(3 * inkPoints), stroke(11));
    expect(sum(counted(record))).toBeLessThanOrEqual(inkPoints);
    expect(sum(counted(record))).toBeGreaterThan(inkPoints / 2);
    expect(record.drawn?.ink[0]?.at(-1)?.x).toBe(3 * inkPoints - 1);
    expect(record.drawn?.ink[1]?.at(-1)?.x).toBe(10);
    expect(lineFromJson(lineToJson(record))).toEqual(record);
  });

  test('of more strokes than points may be is cut', () => {
    const record = withInk(...Array.from({ length: inkPoints + 5 }, () => stroke(1)));
    expect(sum(counted(record))).toBeLessThanOrEqual(inkPoints);
  });

  test('leaves out points that are not of this world', () => {
    expect(counted(withInk([...stroke(2), { x: Number.NaN, y: 0, t: 0 }, { x: 0, y: Infinity, t: 0 }]))).toEqual([2]);
  });
});
