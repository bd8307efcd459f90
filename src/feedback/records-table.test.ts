import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FeedbackRecord } from './record.ts';
import { drawnRecord } from './record.fixture.ts';
import { tableHead, tableLine } from './records-table.ts';

/** Reads one line as RFC 4180 has it. */
function cellsOf(line: string): string[] {
  const cells: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  for (let found = cell.exec(line); found !== null; found = cell.exec(line)) {
    cells.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (cell.lastIndex === line.length) return cells;
  }
  throw new Error(`no line of a table: ${JSON.stringify(line)}`);
}

const named = (record: FeedbackRecord): Record<string, string> => {
  const cells = cellsOf(tableLine(record));
  return Object.fromEntries(cellsOf(tableHead).map((name, i) => [name, cells[i] ?? '?']));
};

it('has a cell for each column', () => {
  expect(named(drawnRecord(1))).toEqual({
    id: drawnRecord(1).id,
    time: '1970-01-01T00:00:00.001Z',
    source: 'draw',
    verdict: 'confirmed',
    label: 'alef',
    predicted: 'alef',
    abstained: '',
    probability: '0.9',
    model: 'hebrew-letters',
    version: '0.2.0',
  });
});

it('leaves empty what there is none of', () => {
  const prediction = { label: null, reason: 'blank', top: [] } as const;
  const record = drawnRecord(1, { prediction, label: null, verdict: 'unreadable' });
  expect(named(record)).toMatchObject({ label: '', predicted: '', abstained: 'blank', probability: '' });
});

it.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '\0=1', '=HYPERLINK("https://a","b")'])(
  'is text where a label reads %j',
  (label) => {
    expect(named(drawnRecord(1, { label }))['label']).toBe(`'${label}`);
  },
);

it('gives back every text, and begins no formula, whatever a stranger wrote into a record', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.string({ unit: fc.constantFrom('=', '+', '-', '@', '\t', '\r', '\n', '\0', '"', ',', "'", 'a', '1') }),
  );
  fc.assert(
    fc.property(text, text, text, text, (id, label, model, version) => {
      const record = drawnRecord(1, { id, label, receipt: { ...drawnRecord(1).receipt, model, version } });
      const cells = named(record);
      const kept = Object.entries({ id, label, model, version }).every(
        ([name, source]) => cells[name] === source || cells[name] === `'${source}`,
      );
      expect(kept && !Object.values(cells).some((cell) => /^[=+\-@\t\r\n\0]/.test(cell))).toBe(true);
    }),
    { numRuns: 300 },
  );
});
