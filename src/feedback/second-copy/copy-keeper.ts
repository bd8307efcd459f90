/** One page's hand on the second copy: when it fails, the page goes on without it. */
import type { FeedbackLine } from '../record.ts';
import type { RestorableOutbox } from '../outbox.ts';
import { lineText, reachedText, sealedText } from './journal-line.ts';
import type { JournalFiles } from './journal-files.ts';
import { JournalStore } from './journal.ts';
import { savedFrom } from './saved.ts';

/** Runs the task while no other page of the device runs one; false: that could not be had. */
export type Alone = <T>(task: (alone: boolean) => Promise<T>) => Promise<T>;

export type CopyLimits = {
  /** Bytes of a journal: what waits beyond that is in the outbox alone. */
  readonly most: number;
  /** Lines that are copied at once where there is no copy yet. */
  readonly mostLines: number;
};
/** About 5 000 drawn letters. Every visit reads it once. */
export const copyLimits: CopyLimits = { most: 32_000_000, mostLines: 5000 };

export class CopyKeeper {
  readonly #journal: JournalStore;
  readonly #limits: CopyLimits;
  #stamp: string | null = null;
  #works = true;
  /** Names of batches that the journal is known to hold. */
  readonly #sealed = new Set<string>();

  constructor(files: JournalFiles, limits: CopyLimits) {
    this.#journal = new JournalStore(files);
    this.#limits = limits;
  }

  /**
   * When a page begins, before anything else is done: what a thrown-away database lacks goes back into it. Resolves with
   * the number of records that came back. Rejects with OutboxError where the outbox does.
   */
  async join(outbox: RestorableOutbox, newStamp: () => string): Promise<number> {
    const here = await outbox.stamp();
    const journal = await this.#tried(() => this.#journal.read());
    if (journal === null) return 0;
    let restored = 0;
    if (journal.stamp !== null && journal.stamp !== here) {
      const saved = await this.#tried(() => savedFrom(journal.owed));
      if (saved === null) return 0;
      restored = await outbox.restore(saved, journal.stamp);
    }
    this.#stamp = journal.stamp ?? here ?? newStamp();
    if (journal.stamp === null && here === null)
      await outbox.restore({ batches: [], lines: [], reached: new Map() }, this.#stamp);
    return restored;
  }

  /**
   * After join, and before any change: writes the copy anew where it is not what the outbox owes, since a visit may have
   * ended between a commit and its copy. From here on the outbox is right, whatever the copy says.
   */
  async settle(outbox: RestorableOutbox): Promise<void> {
    const journal = await this.#tried(() => this.#journal.read());
    const own = this.#stamp;
    if (journal === null || own === null) return;
    const { stamp, owed } = journal;
    const lines = await outbox.waiting(this.#limits.mostLines);
    const due = (await outbox.batches()).filter(({ state }) => state.kind === 'due' || state.kind === 'parked');
    const same =
      stamp === own &&
      lines.length === owed.lines.size &&
      lines.every(({ id, revision }) => owed.lines.get(id)?.entry.revision === revision) &&
      due.length === owed.batches.size &&
      due.every(({ name }) => owed.batches.has(name));
    if (!same) {
      const texts: string[] = [];
      for (const head of due) {
        const bytes = await outbox.bytesOf(head.name);
        if (bytes === null) continue;
        texts.push(sealedText({ ...head, bytes }));
        const here = await outbox.revisions(head.members.map(({ id }) => id));
        for (const { id, revision } of head.members) {
          const reached = here.get(id) ?? revision;
          if (reached > revision) texts.push(reachedText(id, reached));
        }
      }
      let size = texts.reduce((sum, text) => sum + text.length, 0);
      for (const line of lines) {
        const text = lineText(line);
        size += text.length;
        if (size > this.#limits.most) break;
        texts.push(text);
      }
      await this.#tried(() => this.#journal.rewrite(own, texts));
    }
    for (const { name } of due) this.#sealed.add(name);
  }

  async lines(lines: readonly FeedbackLine[]): Promise<void> {
    const texts = lines.map(lineText);
    const size = texts.reduce((sum, text) => sum + text.length, 0);
    if (texts.length === 0 || this.#journal.size + size > this.#limits.most) return;
    await this.#tried(() => this.#journal.append(texts));
  }

  /** What a person takes back leaves the copy before it leaves the outbox. The result puts it back. */
  async drop(ids: readonly string[]): Promise<() => Promise<void>> {
    const dropped = (await this.#tried(() => this.#journal.drop(new Set(ids)))) ?? [];
    return async () => {
      if (dropped.length > 0) await this.#tried(() => this.#journal.append(dropped));
    };
  }

  /** Before its bytes leave: sealed anew from its records it would be another batch, and each of them there twice. */
  async sealed(batch: Parameters<typeof sealedText>[0]): Promise<void> {
    await this.#tried(() => this.#journal.append([sealedText(batch)]));
    this.#sealed.add(batch.name);
  }

  get works(): boolean {
    return this.#works;
  }

  giveUp(): void {
    this.#works = false;
  }

  holds(name: string): boolean {
    return !this.#works || this.#sealed.has(name);
  }

  async append(text: string): Promise<void> {
    await this.#tried(() => this.#journal.append([text]));
  }

  /** Also where this page makes no use of it: what a person deleted must not come back. newStamp: where it has none. */
  async empty(newStamp: () => string): Promise<void> {
    try {
      await this.#journal.rewrite(this.#stamp ?? newStamp(), []);
    } catch {
      // What cannot be written is not made use of; the next visit writes it anew from what the outbox owes then.
      this.#works = false;
    }
  }

  close(): void {
    this.#journal.close();
  }

  /**
   * Null where it failed: then this page makes no more use of the copy, and empties it if it can, since a copy that does
   * not follow would bring back what was taken back. The next visit tries anew.
   */
  async #tried<T>(task: () => Promise<T>): Promise<T | null> {
    if (!this.#works) return null;
    try {
      return await task();
    } catch {
      this.#works = false;
      const stamp = this.#stamp;
      if (stamp !== null) await this.#journal.rewrite(stamp, []).catch(() => undefined);
      return null;
    }
  }
}
