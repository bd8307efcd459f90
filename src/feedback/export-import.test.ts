import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { decode } from 'fast-png';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exportRecords } from './export.ts';
import type { ExportFormat } from './export.ts';
import { importRecords } from './import.ts';
import type { FeedbackRecord } from './record.ts';
import { drawnRecord, idAt, uploadedRecord, withdrawalOf } from './record.fixture.ts';
import { pngOfRaster } from './raster-png.ts';
import { lineToJson } from './wire.ts';

const never = new AbortController().signal;
const everything = { label: null, verdict: null, model: null, state: null, source: null };

/** What export and import see of an outbox. */
class Shelf {
  readonly records = new Map<string, FeedbackRecord>();
  read = 0;
  constructor(records: readonly FeedbackRecord[] = []) {
    for (const record of records) this.records.set(record.id, record);
  }
  ids = async () => [...this.records.keys()];
  get = async (id: string) => {
    this.read++;
    return this.records.get(id) ?? null;
  };
  addAll = async (records: readonly FeedbackRecord[]) => {
    const fresh = records.filter(({ id }) => !this.records.has(id));
    for (const record of fresh) this.records.set(record.id, record);
    return fresh.length;
  };
}

const streamOf = (shelf: Shelf, format: ExportFormat, signal = never) =>
  exportRecords(signal, shelf, { format, filter: everything, onProgress: () => undefined });
const exportOf = (shelf: Shelf, format: ExportFormat): Promise<Blob> => new Response(streamOf(shelf, format)).blob();
const importInto = (shelf: Shelf, file: Blob) =>
  importRecords(never, file, shelf, { as: 'sent', onProgress: () => undefined });
const fileOf = (...lines: readonly string[]): Blob => new Blob([lines.join('\n')]);

const some = (count: number): FeedbackRecord[] =>
  Array.from({ length: count }, (_, i) =>
    i % 3 === 0 ? uploadedRecord(i) : i % 3 === 1 ? drawnRecord(i) : drawnRecord(i, { seen: null }),
  );

test('what was exported is imported as it was, in either form', async () => {
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(1, 199, 200, 201), fc.constantFrom('zip', 'ndjson'), async (count, format) => {
      const there = new Shelf(some(count));
      const here = new Shelf();
      const report = await importInto(here, await exportOf(there, format));
      expect(report).toEqual({ added: count, known: 0, outdated: 0, refused: 0, refusals: [] });
      expect([...here.records.values()]).toEqual([...there.records.values()]);
    }),
    { numRuns: 3 },
  );
}, 240_000);

test('the ZIP opens elsewhere, and its pictures are pictures', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'ktav-export-'));
  try {
    const zip = join(folder, 'records.zip');
    await writeFile(zip, new Uint8Array(await (await exportOf(new Shelf(some(201)), 'zip')).arrayBuffer()));
    const script =
      'import sys, zipfile; z = zipfile.ZipFile(sys.argv[1]); print(z.testzip(), *z.namelist(), sep="\\n")';
    const { stdout } = await promisify(execFile)('python3', ['-c', script, zip]);
    const [broken, ...names] = stdout.trim().split('\n');
    expect(broken).toBe('None');
    const read = `import sys, zipfile, csv, io; z = zipfile.ZipFile(sys.argv[1])
print(len(list(csv.DictReader(io.TextIOWrapper(z.open("records.csv"), "utf-8", newline="")))))`;
    expect((await promisify(execFile)('python3', ['-c', read, zip])).stdout.trim()).toBe('201');
    expect(names.filter((name) => name.endsWith('.ndjson'))).toEqual(['records/00001.ndjson', 'records/00002.ndjson']);
    expect(names.filter((name) => /^seen\/(alef|bet)\/[\da-f-]{36}\.png$/.test(name))).toHaveLength(134);
    expect(names.filter((name) => /^pictures\/bet\/[\da-f-]{36}\.png$/.test(name))).toHaveLength(67);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('a raster becomes black ink on white paper', () => {
  const data = Uint8Array.of(0, 255, 100, 0, 0, 7);
  const picture = decode(pngOfRaster({ width: 3, height: 2, data }), { checkCrc: true });
  expect(picture).toMatchObject({ width: 3, height: 2, channels: 1, depth: 8 });
  expect([...picture.data]).toEqual([255, 0, 155, 255, 255, 248]);
});

test('an export reads no more than it has written', async () => {
  const shelf = new Shelf(some(1000));
  const reader = streamOf(shelf, 'ndjson').getReader();
  await reader.read();
  expect(shelf.read).toBe(200);
  await reader.cancel();
  expect(shelf.read).toBe(200);
});

test('an export that is cancelled ends with the reason, and never as a whole file', async () => {
  const cancel = new AbortController();
  const reader = streamOf(new Shelf(some(500)), 'zip', cancel.signal).getReader();
  await reader.read();
  cancel.abort(new Error('enough'));
  const rest = async (): Promise<void> => {
    while (!(await reader.read()).done);
  };
  await expect(rest()).rejects.toThrow('enough');
});

test('an import twice over adds nothing the second time', async () => {
  const file = await exportOf(new Shelf(some(120)), 'zip');
  const here = new Shelf();
  await importInto(here, file);
  expect(await importInto(here, file)).toMatchObject({ added: 0, known: 120, refused: 0 });
});

test('a batch is imported as it lies in its store, packed or not', async () => {
  const lines = `${lineToJson(drawnRecord(1))}\n${lineToJson(uploadedRecord(2))}\n`;
  for (const file of [new Blob([lines]), new Blob([gzipSync(lines)])]) {
    expect(await importInto(new Shelf(), file)).toMatchObject({ added: 2, refused: 0 });
  }
});

test('of one record only the last revision counts, and none of what was taken back', async () => {
  const first = drawnRecord(1);
  const later = drawnRecord(1, { revision: 2, label: 'bet', verdict: 'corrected' });
  const gone = drawnRecord(2);
  const here = new Shelf();
  const file = fileOf(...[later, first, later, gone, withdrawalOf(gone.id, 0, 9)].map(lineToJson));
  expect(await importInto(here, file)).toMatchObject({ added: 1, known: 0, outdated: 3, refused: 0 });
  expect([...here.records.values()]).toEqual([later]);
});

test('every line that is refused is named, and the others are taken', async () => {
  const good = lineToJson(drawnRecord(1));
  const file = fileOf(
    good,
    '',
    '{"schema":1',
    '{"schema":2}',
    good.replace('"alef"', '"Alef!"'),
    `{"a":"${'x'.repeat(2_000_001)}"}`,
    lineToJson(drawnRecord(2)),
  );
  const report = await importInto(new Shelf(), file);
  expect(report).toMatchObject({ added: 2, refused: 4 });
  expect(report.refusals.map(({ line, code }) => `${line} ${code}`)).toEqual([
    '3 not-json',
    '4 newer-schema',
    '5 invalid',
    '6 unreadable',
  ]);
});

test('bytes that are no UTF-8 are refused by their line', async () => {
  const file = new Blob([`${lineToJson(drawnRecord(1))}\n{"`, Uint8Array.of(0xff, 0xfe), '"}\n']);
  expect((await importInto(new Shelf(), file)).refusals).toMatchObject([{ line: 2, code: 'unreadable' }]);
});

test('of a million refusals the first are shown and all are counted', async () => {
  const report = await importInto(new Shelf(), fileOf('{}', ...Array.from({ length: 1500 }, () => 'x')));
  expect(report.refused).toBe(1501);
  expect(report.refusals).toHaveLength(1000);
});

test('an import that is cancelled keeps what it has, and goes on when repeated', async () => {
  const cancel = new AbortController();
  const file = await exportOf(new Shelf(some(450)), 'ndjson');
  const here = new Shelf();
  const options = { as: 'waiting', onProgress: (lines: number) => void (lines >= 200 && cancel.abort()) } as const;
  await expect(importRecords(cancel.signal, file, here, options)).rejects.toThrow(/abort/i);
  expect(here.records.size).toBe(200);
  expect(await importInto(here, file)).toMatchObject({ added: 250, known: 200 });
});

test.each(['', 'hello', '\u{89}PNG', '<html>', `[${idAt(1)}]`])('%j is no file of ours', async (text) => {
  await expect(importInto(new Shelf(), new Blob([text]))).rejects.toMatchObject({ code: 'not-ours' });
});
