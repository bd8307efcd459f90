import { drawnRecord, idAt, withdrawalOf } from '../record.fixture.ts';
import { same } from '../outbox-case.fixture.ts';
import { deliveredText, lineText, sealedText } from './journal-line.ts';
import type { JournalFiles } from './journal-files.ts';
import { JournalStore } from './journal.ts';

/**
 * One thing that a journal keeps to, over whatever files. Plain functions that throw, since the browser's files are in a
 * browser, where no test library is. open() gives the same files each time, as another page would have them.
 */
export type JournalCase = { readonly situation: string; run(open: () => JournalFiles): Promise<void> };

const stamp = '11111111-2222-4333-8444-555555555555';
const batch = {
  name: 'a'.repeat(64),
  bytes: Uint8Array.of(1, 2, 255),
  gzip: true,
  date: '2026-11-21',
  members: [{ id: idAt(1), revision: 0 }],
};
const owedBy = async (journal: JournalStore) => {
  const { owed } = await journal.read();
  return { lines: [...owed.lines.keys()].toSorted(), batches: [...owed.batches.keys()] };
};

export const journalContract: readonly JournalCase[] = [
  {
    situation: 'where there is none, none is read',
    async run(open) {
      same((await new JournalStore(open()).read()).stamp, null);
    },
  },
  {
    situation: 'what is appended is there for the next page',
    async run(open) {
      const journal = new JournalStore(open());
      await journal.rewrite(stamp, [lineText(drawnRecord(1))]);
      await journal.append([lineText(drawnRecord(2)), lineText(withdrawalOf(idAt(3), 2, 5))]);
      const next = new JournalStore(open());
      same((await next.read()).stamp, stamp);
      same(await owedBy(next), { lines: [idAt(1), idAt(2), idAt(3)], batches: [] });
    },
  },
  {
    situation: 'what is sealed waits in its batch, until that is delivered',
    async run(open) {
      const journal = new JournalStore(open());
      await journal.rewrite(stamp, [lineText(drawnRecord(1)), lineText(drawnRecord(2))]);
      await journal.append([sealedText(batch)]);
      same(await owedBy(journal), { lines: [idAt(2)], batches: [batch.name] });
      await journal.append([lineText(drawnRecord(1, { revision: 1 }))]);
      same(await owedBy(journal), { lines: [idAt(1), idAt(2)], batches: [batch.name] });
      await journal.append([deliveredText(batch.name)]);
      same(await owedBy(journal), { lines: [idAt(1), idAt(2)], batches: [] });
    },
  },
  {
    situation: 'what is dropped is nowhere in the files',
    async run(open) {
      const files = open();
      const journal = new JournalStore(files);
      await journal.rewrite(stamp, [lineText(drawnRecord(1)), lineText(drawnRecord(2))]);
      same((await journal.drop(new Set([idAt(1)]))).length, 1);
      same((await journal.drop(new Set([idAt(1)]))).length, 0);
      same(await owedBy(new JournalStore(open())), { lines: [idAt(2)], batches: [] });
      for (const which of [0, 1] as const)
        same(new TextDecoder().decode(await files.read(which)).includes(idAt(1)), false);
    },
  },
  {
    situation: 'a page that did not see the journal move appends to where it is now',
    async run(open) {
      const [here, there] = [new JournalStore(open()), new JournalStore(open())];
      await here.rewrite(stamp, [lineText(drawnRecord(1))]);
      await there.read();
      for (let i = 0; i < 3; i++) {
        await here.rewrite(stamp, [lineText(drawnRecord(1))]);
        await there.append([lineText(drawnRecord(2 + i))]);
        await here.append([lineText(drawnRecord(20 + i))]);
        same(await owedBy(here), { lines: [1, 2 + i, 20 + i].map(idAt).toSorted(), batches: [] });
      }
    },
  },
  {
    situation: 'it does not grow without end',
    async run(open) {
      const journal = new JournalStore(open());
      await journal.rewrite(stamp, []);
      for (let i = 0; i < 60; i++) {
        const bytes = new Uint8Array(100_000).fill(i);
        await journal.append([sealedText({ ...batch, name: `${i}`.padStart(64, '0'), bytes })]);
        await journal.append([deliveredText(`${i}`.padStart(64, '0'))]);
      }
      same(await owedBy(journal), { lines: [], batches: [] });
      await journal.read();
      same(journal.size < 1_500_000, true);
    },
  },
];
