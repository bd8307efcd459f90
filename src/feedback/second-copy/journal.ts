/**
 * A journal over two files. It is appended to; written anew it goes into the other file, and only when it is whole there
 * is the first one emptied, so that a kill at any moment leaves one that is whole.
 */
import { entryIn } from './journal-line.ts';
import type { Entry } from './journal-line.ts';
import type { Heads, JournalFiles, Which } from './journal-files.ts';
import { HEAD_BYTES } from './journal-files.ts';
import type { Owed } from './owed.ts';
import { isAbout, nothingOwed, owedIn, textsOf, withoutLines } from './owed.ts';

/** stamp: of the database that it is the second copy of; null: there is no journal yet. entries: all, also what is dead. */
export type Journal = { readonly stamp: string | null; readonly owed: Owed; readonly entries: readonly Entry[] };

/** What is dead in it is dropped once it is more than what lives, and more than this. */
const deadBytes = 1_000_000;

/** version 1: first release. Every field is as long as it can get, for a head has HEAD_BYTES. */
const headOf = (stamp: string, writing: number, lines: number): string =>
  `ktav 1 ${stamp} ${String(writing).padStart(13, '0')} ${String(lines).padStart(13, '0')}\n`;
const headShape = /^ktav 1 ([0-9a-f-]{36}) (\d{13}) (\d{13})\n$/;

type Found = { readonly which: Which; readonly stamp: string; readonly writing: number; readonly size: number };

export class JournalStore {
  readonly #files: JournalFiles;
  #heads: Heads = ['', ''];
  #found: Found | null = null;
  /** Of the journal when it was read or written anew. */
  #living = 0;

  constructor(files: JournalFiles) {
    this.#files = files;
  }

  async read(): Promise<Journal> {
    const [first, second] = [await this.#files.read(0), await this.#files.read(1)];
    this.#heads = [headIn(first), headIn(second)];
    const found = [journalIn(0, first), journalIn(1, second)].filter((one) => one !== null);
    const newest = found.toSorted((a, b) => b.writing - a.writing)[0] ?? null;
    this.#found = newest;
    const { stamp = null, owed = nothingOwed, entries = [] } = newest ?? {};
    this.#living = textsOf(owed).reduce((sum, text) => sum + text.length, 0);
    return { stamp, owed, entries };
  }

  /** How large it was when this page last read or wrote it. */
  get size(): number {
    return this.#found?.size ?? 0;
  }

  async append(texts: readonly string[]): Promise<void> {
    const bytes = new TextEncoder().encode(`\n${texts.join('\n')}\n`);
    let size = this.#found === null ? 'moved' : await this.#files.append(this.#heads, this.#found.which, bytes);
    if (size === 'moved') {
      await this.read();
      if (this.#found === null) throw new Error('there is no journal to append to');
      size = await this.#files.append(this.#heads, this.#found.which, bytes);
    }
    if (size === 'moved' || this.#found === null)
      throw new Error('the journal is written anew by somebody without a lock');
    this.#found = { ...this.#found, size };
    if (size > 2 * this.#living + deadBytes) await this.#compact();
  }

  /** Takes out what waits of these ids, and gives it; what has left goes with it, what is sealed stays sealed. */
  async drop(ids: ReadonlySet<string>): Promise<readonly string[]> {
    const { stamp, owed, entries } = await this.read();
    if (stamp === null || !entries.some((entry) => isAbout(entry, ids))) return [];
    await this.#replace(stamp, textsOf(withoutLines(owed, ids)));
    return Array.from(owed.lines, ([id, { text }]) => (ids.has(id) ? text : '')).filter((text) => text !== '');
  }

  /** All that it holds from now on, whatever it held. */
  async rewrite(stamp: string, texts: readonly string[]): Promise<void> {
    await this.read();
    await this.#replace(stamp, texts);
  }

  close(): void {
    this.#files.close();
  }

  /** Drops what has left, or was overtaken. */
  async #compact(): Promise<void> {
    const { stamp, owed } = await this.read();
    if (stamp !== null) await this.#replace(stamp, textsOf(owed));
  }

  /** Right after the files were read. */
  async #replace(stamp: string, texts: readonly string[]): Promise<void> {
    const before = this.#found;
    const which: Which = before?.which === 0 ? 1 : 0;
    const writing = (before?.writing ?? 0) + 1;
    const head = headOf(stamp, writing, texts.length);
    const bytes = new TextEncoder().encode(head + texts.map((text) => `${text}\n`).join(''));
    // What was known of the files is not true any more from the first byte on.
    this.#found = null;
    await this.#files.write(which, bytes);
    await this.#files.write(which === 0 ? 1 : 0, new Uint8Array());
    this.#heads = which === 0 ? [head, ''] : ['', head];
    this.#living = bytes.length;
    this.#found = { which, stamp, writing, size: bytes.length };
  }
}

const headIn = (bytes: Uint8Array): string => new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES));

/** Null where it is none, or was not written to its end. */
function journalIn(which: Which, bytes: Uint8Array): (Found & Journal) | null {
  const [, stamp, writing, lines] = headShape.exec(headIn(bytes)) ?? [];
  if (stamp === undefined) return null;
  const rest = new TextDecoder().decode(bytes.subarray(HEAD_BYTES)).split('\n');
  const whole = Number(lines);
  // The last one is whole only if a line feed came after it.
  if (rest.length <= whole) return null;
  const read = rest.map((text) => ({ entry: text === '' ? null : entryIn(text), text }));
  if (read.slice(0, whole).some(({ entry }) => entry === null)) return null;
  const kept = read.flatMap(({ entry, text }) => (entry === null ? [] : [{ entry, text }]));
  const entries = kept.map(({ entry }) => entry);
  return { which, stamp, writing: Number(writing), owed: owedIn(kept), entries, size: bytes.length };
}
