import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { drawnRecord, idAt } from '#feedback/record.fixture';
import { lineToJson } from '#feedback/wire';
import type { FeedbackLine } from '#feedback/record';
import { expect, test } from 'vitest';
import { judge, movedIn } from './verdict.ts';
import type { Promised } from './verdict.ts';

const line = (millisecond: number, revision = 0): FeedbackLine => drawnRecord(millisecond, { revision });
const gone = (millisecond: number, revision: number): FeedbackLine => ({
  schema: 1,
  id: idAt(millisecond),
  revision,
  time: new Date(millisecond).toISOString(),
  withdrawn: true,
});

/** The target's folder with one object for each list of lines. */
function inbox(...batches: readonly (readonly FeedbackLine[])[]): Map<string, Uint8Array> {
  return new Map(
    batches.map((lines) => {
      const bytes = Buffer.from(lines.map((one) => `${lineToJson(one)}\n`).join(''));
      return [`faults/2026-11-21/${createHash('sha256').update(bytes).digest('hex')}.ndjson`, bytes];
    }),
  );
}
const promise = (
  ...of: readonly (readonly [millisecond: number, revision: number, withdrawn?: Promised['withdrawn']])[]
) => new Map(of.map(([millisecond, revision, withdrawn = 'no']) => [idAt(millisecond), { revision, withdrawn }]));

const well = { lost: [], doubled: [], misnamed: [], kept: [] };

test('all there, once: nothing to say', () => {
  expect(judge(promise([1, 0], [2, 1]), inbox([line(1), line(2, 1)]))).toEqual({ ...well, lines: 2 });
});

test('killed before it was told: more may be there than was promised, and a later revision', () => {
  expect(judge(promise([1, 0]), inbox([line(1, 1)], [line(9)]))).toMatchObject(well);
});

test('what was promised and is not there is lost, also where an older revision is', () => {
  expect(judge(promise([1, 0], [2, 1]), inbox([line(2)]))).toMatchObject({ ...well, lost: [idAt(1), idAt(2)] });
});

test('the same revision in two objects is doubled; two revisions are not', () => {
  expect(judge(promise([1, 0]), inbox([line(1)], [line(1), line(2)]))).toMatchObject({
    ...well,
    doubled: [`${idAt(1)} 0`],
  });
  expect(judge(promise([1, 1]), inbox([line(1)], [line(1, 1)]))).toMatchObject(well);
});

test('withdrawn: gone without a trace or taken back, but not to be read as valid', () => {
  const promised = promise([1, 0, 'done'], [2, 0, 'done'], [3, 0, 'asked']);
  expect(judge(promised, inbox([line(1)], [gone(1, 1)]))).toMatchObject(well);
  expect(judge(promised, inbox([line(1)]))).toMatchObject({ ...well, kept: [idAt(1)] });
});

test('a name that is not the hash, half a line, and no line at all are found', () => {
  const [[path = '', bytes = new Uint8Array()] = []] = inbox([line(1), line(2)]);
  const half = bytes.subarray(0, -10);
  expect(judge(new Map(), new Map([[path, half]]))).toMatchObject({ misnamed: [path] });
  const named = (of: Uint8Array): string => `${createHash('sha256').update(of).digest('hex')}.ndjson`;
  expect(judge(new Map(), new Map([[named(half), half]]))).toMatchObject({ misnamed: [named(half)] });
});

test('packed lines are read as well', () => {
  const packed = gzipSync(`${lineToJson(line(1))}\n`);
  const name = `${createHash('sha256').update(packed).digest('hex')}.ndjson`;
  expect(judge(promise([1, 0]), new Map([[name, packed]]))).toEqual({ ...well, lines: 1 });
});

test('a batch that a wrong clock sent to another day is found, one that was only repeated is not', () => {
  expect(movedIn(new Set(['/feedback/a/2026-11-21/x.ndjson', '/feedback/a/2026-11-21/y.ndjson']))).toEqual([]);
  expect(movedIn(new Set(['/feedback/a/2026-11-21/x.ndjson', '/feedback/a/2036-11-21/x.ndjson']))).toEqual([
    '/x.ndjson',
  ]);
});
