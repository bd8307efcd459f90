import fc from 'fast-check';
import { expect, test } from 'vitest';
import { drawnRecord, idAt } from '../record.fixture.ts';
import { journalContract } from './journal-contract.fixture.ts';
import { entryIn, lineText } from './journal-line.ts';
import { JournalStore } from './journal.ts';
import { Killed, MemoryDisk } from './memory-files.fixture.ts';

const stamp = '11111111-2222-4333-8444-555555555555';
const small = (n: number) => drawnRecord(n, { seen: null });

test.each(journalContract)('in memory: $situation', async ({ run }) => {
  const disk = new MemoryDisk();
  await expect(run(() => disk.open())).resolves.toBeUndefined();
});

test('a line that differs in one byte anywhere is not read', () => {
  const text = lineText(small(1));
  expect(entryIn(text)).toMatchObject({ id: idAt(1) });
  fc.assert(
    fc.property(fc.nat(text.length - 1), fc.integer({ min: 32, max: 126 }), (at, code) => {
      const other = text.slice(0, at) + String.fromCharCode(code) + text.slice(at + 1);
      expect(other === text || entryIn(other) === null).toBe(true);
    }),
  );
});

test('cut off anywhere, it holds what was appended before, and takes what comes after', async () => {
  const whole = (await written(null)).files[0].length;
  await fc.assert(
    fc.asyncProperty(fc.nat(whole), async (cut) => {
      const disk = await written(cut);
      const { stamp: found, owed } = await new JournalStore(disk.open()).read();
      const ids = [...owed.lines.keys()];
      // The first writing is all or nothing; each append is there once the next has begun.
      if (found === null) expect(ids).toEqual([]);
      else expect(ids).toEqual([1, 2, 3, 4].slice(0, ids.length).map(idAt));
      expect(ids.length).toBeGreaterThanOrEqual(disk.appends + (found === null ? 0 : 1));
      if (found === null) return;
      await new JournalStore(disk.open()).append([lineText(small(9))]);
      expect([...(await new JournalStore(disk.open()).read()).owed.lines.keys()]).toEqual([...ids, idAt(9)]);
    }),
    { numRuns: 300 },
  );
});

/** One record, then three more, each appended; killed after so many bytes. */
async function written(cutAfter: number | null): Promise<MemoryDisk> {
  const disk = new MemoryDisk();
  disk.cutAfter = cutAfter;
  const journal = new JournalStore(disk.open());
  try {
    await journal.rewrite(stamp, [lineText(small(1))]);
    for (const n of [2, 3, 4]) await journal.append([lineText(small(n))]);
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
  }
  disk.cutAfter = null;
  return disk;
}

test('killed while it is written anew, it is as before or as wished', async () => {
  await fc.assert(
    fc.asyncProperty(fc.nat(2000), fc.boolean(), async (cut, twice) => {
      const disk = new MemoryDisk();
      const journal = new JournalStore(disk.open());
      await journal.rewrite(stamp, [lineText(small(1)), lineText(small(2))]);
      if (twice) await journal.rewrite(stamp, [lineText(small(1)), lineText(small(2))]);
      disk.cutAfter = cut;
      await journal.drop(new Set([idAt(1)])).catch((error: unknown) => expect(error).toBeInstanceOf(Killed));
      disk.cutAfter = null;
      const { owed } = await new JournalStore(disk.open()).read();
      expect([[idAt(1), idAt(2)], [idAt(2)]]).toContainEqual([...owed.lines.keys()]);
      // And it goes on, though the page before it may have left the other file half written.
      const next = new JournalStore(disk.open());
      await next.append([lineText(small(3))]);
      await next.drop(new Set([idAt(1)]));
      expect([...(await new JournalStore(disk.open()).read()).owed.lines.keys()]).toEqual([idAt(2), idAt(3)]);
    }),
  );
});
