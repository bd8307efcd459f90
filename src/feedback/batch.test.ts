import { gunzipSync } from 'node:zlib';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sha256 } from '#model/sha256';
import { batchOf, dateOf, draftOf, isOversize } from './batch.ts';
import type { FeedbackLine } from './record.ts';
import { drawnRecord, idAt, uploadedRecord, withdrawalOf } from './record.fixture.ts';
import { lineFromJson } from './wire.ts';

const now = Date.parse('2026-11-21T23:59:59.999Z');
const linesOf = (bytes: Uint8Array): string[] => new TextDecoder().decode(bytes).split('\n');

/** Lines of many sizes, by how many points their ink has. */
const lines = fc
  .array(fc.oneof(fc.integer({ min: 0, max: 600 }), fc.constantFrom('picture', 'withdrawal')), { maxLength: 20 })
  .map((kinds) =>
    kinds.map((kind, i): FeedbackLine => {
      if (kind === 'withdrawal') return withdrawalOf(idAt(i), 3, i);
      if (kind === 'picture') return uploadedRecord(i);
      const stroke = Array.from({ length: Number(kind) }, (_, t) => ({ x: t / 3, y: 1, t }));
      return drawnRecord(i, { drawn: { ink: [stroke], line: { headline: 0, baseline: 1 } } });
    }),
  );

test('all lines are sealed, each once and in order, and read back as they were', async () => {
  await fc.assert(
    fc.asyncProperty(lines, fc.integer({ min: 4000, max: 60_000 }), fc.boolean(), async (lines, cap, gzip) => {
      const read: FeedbackLine[] = [];
      for (let rest = lines; rest.length > 0;) {
        const draft = draftOf(rest, cap);
        if (draft === null) throw new Error('nothing was drafted of something');
        const batch = await batchOf(draft, gzip, now, sha256);
        const plain = batch.gzip ? gunzipSync(batch.bytes) : batch.bytes;
        expect(plain.length <= cap || isOversize({ ...batch, size: plain.length }, cap)).toBe(true);
        const inside = linesOf(plain);
        expect(inside.pop()).toBe('');
        read.push(...inside.map(lineFromJson));
        expect(batch.members).toEqual(inside.map(lineFromJson).map(({ id, revision }) => ({ id, revision })));
        expect(batch.members.length).toBeGreaterThan(0);
        rest = rest.slice(batch.members.length);
      }
      expect(read).toEqual(lines);
    }),
    { numRuns: 60 },
  );
});

test('a batch is named by the bytes that are sent', async () => {
  const draft = draftOf([drawnRecord(1), drawnRecord(2)], 2_000_000);
  if (draft === null) throw new Error('nothing was drafted');
  const packed = await batchOf(draft, true, now, sha256);
  const plain = await batchOf(draft, false, now, sha256);
  expect(packed).toMatchObject({ gzip: true, date: '2026-11-21', name: await sha256(new Uint8Array(packed.bytes)) });
  expect(plain).toMatchObject({ gzip: false, name: await sha256(draft.bytes) });
  expect(packed.bytes.length).toBeLessThan(plain.bytes.length / 2);
});

test('what gzip would only make longer stays as it is', async () => {
  const noise = Uint8Array.from({ length: 40 }, (_, i) => (i * 97 + 31) % 251);
  const batch = await batchOf({ bytes: noise, members: [{ id: idAt(1), revision: 0 }] }, true, now, sha256);
  expect(batch).toMatchObject({ gzip: false, bytes: noise });
});

test('nothing to seal is no batch', () => {
  expect(draftOf([], 2_000_000)).toBeNull();
});

test('a record beyond the cap stands alone, wherever it is', () => {
  const small = drawnRecord(1);
  const large = drawnRecord(2, { drawn: { ink: [bigStroke(2000)], line: { headline: 0, baseline: 1 } } });
  const cap = 20_000;
  expect(draftOf([small, large, small], cap)?.members).toHaveLength(1);
  const draft = draftOf([large, small], cap);
  expect(draft?.members).toEqual([{ id: large.id, revision: 0 }]);
  expect(isOversize({ members: draft?.members ?? [], size: draft?.bytes.length ?? 0 }, cap)).toBe(true);
});

test('a clock in any year gives a date that is a path', () => {
  for (const time of [-1e15, 0, now, 8.64e15]) expect(dateOf(time)).toMatch(/^\d{4}-\d{2}-\d{2}$/);
});

const bigStroke = (points: number) => Array.from({ length: points }, (_, t) => ({ x: t / 7, y: t / 3, t }));
