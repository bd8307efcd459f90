import type { FeedbackRecord, Withdrawal } from './record.ts';

/** A UUIDv7 made at the millisecond. */
export const idAt = (millisecond: number): string => {
  const time = millisecond.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7000-8000-000000000000`;
};

/** A shape of 64 × 64 that compresses as ink does. */
const seenInk = Uint8Array.from({ length: 64 * 64 }, (_, i) => (Math.abs((i % 64) - 32) < 3 ? 255 : 0));

/** An alef drawn at the millisecond, read as alef, confirmed. */
export const drawnRecord = (millisecond: number, change: Partial<FeedbackRecord> = {}): FeedbackRecord => ({
  schema: 1,
  id: idAt(millisecond),
  revision: 0,
  time: new Date(millisecond).toISOString(),
  source: 'draw',
  drawn: {
    ink: [
      [
        { x: 10.25, y: 20, t: 0 },
        { x: 30.123456789, y: 80.5, t: 16.7 },
      ],
      [{ x: 5, y: 5, t: 300 }],
    ],
    line: { headline: 12, baseline: 90 },
  },
  seen: { raster: { width: 64, height: 64, data: seenInk.slice() }, cue: [1, 0.75, 1, -0.125] },
  picture: null,
  prediction: {
    label: 'alef',
    reason: null,
    top: [
      { label: 'alef', probability: 0.9 },
      { label: 'shin', probability: 0.06 },
    ],
  },
  verdict: 'confirmed',
  label: 'alef',
  receipt: {
    model: 'hebrew-letters',
    version: '0.2.0',
    fileHash: 'ab'.repeat(32),
    backend: 'wasm',
    preprocess: 1,
    appBuild: '0.1.0+test',
  },
  ...change,
});

/** What a PNG is made of, for whoever looks at its chunks and not at its pixels. */
export function pngOf(width: number, height: number, ...more: readonly (readonly [type: string, data: number[]])[]) {
  const number = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 255);
  const chunk = (type: string, data: readonly number[]): number[] => [
    ...number(data.length),
    ...Array.from(type, (letter) => letter.charCodeAt(0)),
    ...data,
    ...number(0),
  ];
  const header = chunk('IHDR', [...number(width), ...number(height), 8, 0, 0, 0, 0]);
  const others = more.flatMap(([type, data]) => chunk(type, data));
  return Uint8Array.of(
    137,
    80,
    78,
    71,
    13,
    10,
    26,
    10,
    ...header,
    ...others,
    ...chunk('IDAT', [1, 2, 3]),
    ...chunk('IEND', []),
  );
}

/** Part of a photograph, not read, corrected to bet. */
export const uploadedRecord = (millisecond: number, change: Partial<FeedbackRecord> = {}): FeedbackRecord =>
  drawnRecord(millisecond, {
    source: 'upload',
    drawn: null,
    picture: pngOf(200, 120),
    prediction: { label: null, reason: 'unsure', top: [{ label: 'bet', probability: 0.4 }] },
    verdict: 'corrected',
    label: 'bet',
    ...change,
  });

export const withdrawalOf = (id: string, revision: number, millisecond: number): Withdrawal => ({
  schema: 1,
  id,
  revision,
  time: new Date(millisecond).toISOString(),
  withdrawn: true,
});
