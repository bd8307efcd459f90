/** Pure: the two files that a journal lies in. One of them is in use; the other is where it is written anew. */

export type Which = 0 | 1;

/** The first bytes of a file, in which a journal says which writing it is. */
export const HEAD_BYTES = 72;
/** The head of each file as it was read last; '' for one that has none. */
export type Heads = readonly [string, string];

/**
 * Kept to by memory (tests) and the browser's own file system; one contract for both. Whoever calls has a lock that no
 * other page has. What resolved has left this process: its end, and the browser's, lose nothing of it.
 */
export interface JournalFiles {
  /** All of a file; empty where there is none yet. */
  read(which: Which): Promise<Uint8Array>;
  /**
   * Behind all that is there; resolves with the file's new size. 'moved', and nothing is written, where the heads are not
   * these: another page wrote the journal anew. Where it rejects, the file is as it was, if that could be brought about.
   */
  append(heads: Heads, which: Which, bytes: Uint8Array): Promise<number | 'moved'>;
  /** In place of all that is there. Where it rejects, or never resolves, the file may hold a part of it. */
  write(which: Which, bytes: Uint8Array): Promise<void>;
  close(): void;
}
