import { deflateRawSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32 } from './crc32.ts';
import { sourcesOf } from './import-source.ts';
import { importRecords } from './import.ts';
import { drawnRecord } from './record.fixture.ts';
import { lineToJson } from './wire.ts';
import { directoryEntry, endOfZip, localHeader } from './zip-layout.ts';
import type { ZipEntry } from './zip-layout.ts';
import { directoryOf, openEntry } from './zip-read.ts';
import { zipOf } from './zip-write.ts';
import type { ZipFile } from './zip-write.ts';

type Bytes = Uint8Array<ArrayBuffer>;
const encode = (text: string): Bytes => new TextEncoder().encode(text);
const good = encode(`${lineToJson(drawnRecord(1))}\n`);
const file = (name: string, bytes: Bytes = good, deflate = true): ZipFile => ({ name, bytes, deflate });

async function zip(...files: readonly ZipFile[]): Promise<Bytes> {
  async function* each() {
    yield* files;
  }
  const pieces: Bytes[] = [];
  for await (const piece of zipOf(each())) pieces.push(piece);
  return new Uint8Array(await new Blob(pieces).arrayBuffer());
}

async function plain(blob: Blob, index: number): Promise<Bytes> {
  const entry = (await directoryOf(blob))[index];
  if (entry === undefined) throw new Error('no such entry');
  return new Uint8Array(await new Response(await openEntry(blob, entry)).arrayBuffer());
}

const taken = (blob: Blob) =>
  importRecords(
    new AbortController().signal,
    blob,
    { addAll: async (records) => records.length },
    {
      as: 'sent',
      onProgress: () => undefined,
    },
  );

test('whatever is written is read', async () => {
  const files = fc.array(
    fc.record({
      name: fc.string({ unit: 'grapheme' }),
      bytes: fc.uint8Array({ maxLength: 300 }),
      deflate: fc.boolean(),
    }),
    { maxLength: 6 },
  );
  await fc.assert(
    fc.asyncProperty(files, async (given) => {
      const names = given.map((one, i) => ({
        ...one,
        name: `${i}-${one.name.replace(/[\\/\0]/g, '_')}`,
        bytes: new Uint8Array(one.bytes),
      }));
      const blob = new Blob([await zip(...names)]);
      expect((await directoryOf(blob)).map(({ name }) => name)).toEqual(
        names.map(({ name }) => encode(name)).map((b) => new TextDecoder().decode(b)),
      );
      for (const [i, { bytes }] of names.entries()) expect(await plain(blob, i)).toEqual(bytes);
    }),
    { numRuns: 30 },
  );
});

test('more files than a plain ZIP can count are read back by their number', async () => {
  const count = 66_000;
  const entry = (offset: number): ZipEntry => ({
    name: encode('e'),
    method: 0,
    crc: 0,
    packedSize: 0,
    size: 0,
    offset,
  });
  const head = localHeader(entry(0));
  const heads = Array.from({ length: count }, () => head);
  const lines = Array.from({ length: count }, (_, i) => directoryEntry(entry(i * head.length)));
  const size = lines.reduce((sum, line) => sum + line.length, 0);
  const found = await directoryOf(new Blob([...heads, ...lines, endOfZip(count, size, count * head.length)]));
  expect(found).toHaveLength(count);
  expect(found.at(-1)).toMatchObject({ offset: (count - 1) * head.length, problem: null });
});

test('a file beyond 4 GB is placed by 64 bits', () => {
  const line = directoryEntry({ name: encode('far'), method: 0, crc: 0, packedSize: 0, size: 0, offset: 5e9 });
  const view = new DataView(line.buffer);
  expect(view.getUint32(42, true)).toBe(0xffffffff);
  expect(view.getBigUint64(line.length - 8, true)).toBe(5_000_000_000n);
});

describe('not taken', () => {
  test.each(['../x.ndjson', 'a/../../x.ndjson', '/etc/x.ndjson', 'C:\\x.ndjson', 'a\\..\\x.ndjson', 'a\0/x.ndjson'])(
    'a name that leads out: %j',
    async (name) => {
      const report = await taken(new Blob([await zip(file(name), file('records/1.ndjson'))]));
      expect(report).toMatchObject({ added: 1, refused: 1, refusals: [{ place: name, line: null, code: 'unsafe' }] });
    },
  );

  test('a bomb: a few kilobytes that say, truly, that they are many megabytes', async () => {
    const bomb = await zip(file('bomb.ndjson', new Uint8Array(8_000_000)));
    expect(bomb.length).toBeLessThan(12_000);
    await expect(taken(new Blob([bomb]))).rejects.toMatchObject({ code: 'too-large' });
  });

  test('a bomb that says it is small', async () => {
    const packed = new Uint8Array(deflateRawSync(new Uint8Array(8_000_000)));
    const entry: ZipEntry = {
      name: encode('x.ndjson'),
      method: 8,
      crc: 0,
      packedSize: packed.length,
      size: 500,
      offset: 0,
    };
    const head = localHeader(entry);
    const line = directoryEntry(entry);
    const blob = new Blob([head, packed, line, endOfZip(1, line.length, head.length + packed.length)]);
    await expect(taken(blob)).rejects.toMatchObject({ code: 'too-large' });
  });

  test('a bomb in one gzip', async () => {
    await expect(taken(new Blob([gzipSync('{'.padEnd(8_000_000))]))).rejects.toMatchObject({
      code: 'too-large',
    });
  });

  test('files that share their bytes', async () => {
    const packed = new Uint8Array(deflateRawSync(good));
    const base = { method: 8, crc: crc32(good), packedSize: packed.length, size: good.length, offset: 0 } as const;
    const entries = ['a.ndjson', 'b.ndjson', 'c.ndjson'].map((name): ZipEntry => ({ ...base, name: encode(name) }));
    const [first] = entries;
    if (first === undefined) throw new Error('no entry');
    const head = localHeader(first);
    const lines = entries.map(directoryEntry);
    const size = lines.reduce((sum, line) => sum + line.length, 0);
    const blob = new Blob([head, packed, ...lines, endOfZip(3, size, head.length + packed.length)]);
    expect((await directoryOf(blob)).map(({ problem }) => problem?.code)).toEqual(['unsafe', 'unsafe', undefined]);
  });

  test('a ZIP without lines', async () => {
    await expect(taken(new Blob([await zip(file('cat.png'))]))).rejects.toMatchObject({ code: 'not-ours' });
  });

  test('an encrypted file, and one that is packed in another way', async () => {
    const whole = await zip(file('a.ndjson'), file('b.ndjson'));
    const view = new DataView(whole.buffer);
    const at = view.getUint32(whole.length - 6, true);
    const second = at + 46 + 'a.ndjson'.length;
    view.setUint16(at + 8, 1, true);
    view.setUint16(second + 10, 14, true);
    const report = await taken(new Blob([whole]));
    expect(report.refusals.map(({ code }) => code)).toEqual(['unsupported', 'unsupported']);
  });
});

test('a ZIP that was cut off, or changed in any one byte, gives an error or the very lines', async () => {
  const whole = await zip(file('records/1.ndjson', good), file('records/2.ndjson', good, false));
  const change = fc.record({ at: fc.nat(whole.length - 1), by: fc.integer({ min: 1, max: 255 }), cut: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(change, async ({ at, by, cut }) => {
      const changed = cut ? whole.slice(0, at) : whole.with(at, (whole[at] ?? 0) ^ by);
      const blob = new Blob([new Uint8Array(changed)]);
      let sources;
      try {
        sources = await sourcesOf(blob);
      } catch (error) {
        expect(error).toMatchObject({ name: 'ImportError' });
        return;
      }
      for (const { open } of sources) {
        const read = await open()
          .then((stream) => new Response(stream).arrayBuffer())
          .catch(() => null);
        if (read !== null) expect(new Uint8Array(read)).toEqual(good);
      }
    }),
    { numRuns: 100 },
  );
}, 240_000);
