import { HEAD_BYTES } from './journal-files.ts';
import type { Heads, JournalFiles, Which } from './journal-files.ts';

/** Thrown by a write that a kill cut off. */
export class Killed extends Error {}

/** Two files that outlive the pages over them. A test cuts a write short by setting `cutAfter`. */
export class MemoryDisk {
  readonly files: [Uint8Array, Uint8Array] = [new Uint8Array(), new Uint8Array()];
  /** Bytes that are still written before the process is killed; null: it lives. */
  cutAfter: number | null = null;
  fails = false;
  appends = 0;

  #put(which: Which, before: Uint8Array, bytes: Uint8Array): void {
    if (this.fails) throw new Error('no room');
    const length = Math.min(bytes.length, this.cutAfter ?? bytes.length);
    const whole = new Uint8Array(before.length + length);
    whole.set(before);
    whole.set(bytes.subarray(0, length), before.length);
    this.files[which] = whole;
    if (this.cutAfter !== null) {
      this.cutAfter -= length;
      if (this.cutAfter <= 0) throw new Killed();
    }
  }

  open(): JournalFiles {
    const headOf = (which: Which): string => new TextDecoder().decode(this.files[which].subarray(0, HEAD_BYTES));
    return {
      read: async (which) => this.files[which].slice(),
      append: async (heads: Heads, which, bytes) => {
        if (headOf(0) !== heads[0] || headOf(1) !== heads[1]) return 'moved';
        this.#put(which, this.files[which], bytes);
        this.appends++;
        return this.files[which].length;
      },
      write: async (which, bytes) => this.#put(which, new Uint8Array(), bytes),
      close: () => undefined,
    };
  }
}
