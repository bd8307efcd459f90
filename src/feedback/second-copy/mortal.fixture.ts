import { memoryOutbox } from '../memory-outbox.ts';
import type { Outbox, RestorableOutbox } from '../outbox.ts';
import type { Alone } from './copy-keeper.ts';
import { guardedOutbox } from './guarded-outbox.ts';
import type { JournalFiles } from './journal-files.ts';
import { Killed, MemoryDisk } from './memory-files.fixture.ts';

/** Where a page dies: at its so many-th step from now, before or after what the step does, or within it, if it writes. */
export type Death = { in: number; readonly how: 'before' | 'after' | 'within'; readonly bytes: number };

const never = <T>(): Promise<T> => new Promise<T>(() => undefined);

class Life {
  dead = false;
  death: Death | null = null;
  readonly ended: Promise<'dead'>;
  #end: (dead: 'dead') => void = () => undefined;

  constructor(readonly lock: Lock) {
    this.ended = new Promise((resolve) => (this.#end = resolve));
  }

  end(): void {
    this.dead = true;
    this.#end('dead');
    this.lock.pass();
  }

  /** What a dead page waits for never comes. */
  async step<T>(task: () => Promise<T>, disk: MemoryDisk | null = null): Promise<T> {
    // Others get their turn between any two.
    await Promise.resolve();
    if (this.dead) return never();
    const now = this.death !== null && this.death.in-- <= 0 ? this.death : null;
    if (now?.how === 'before') this.end();
    if (this.dead) return never();
    if (now?.how === 'within' && disk !== null) disk.cutAfter = now.bytes;
    try {
      const result = await task();
      if (now !== null) this.end();
      return this.dead ? never() : result;
    } catch (error) {
      if (!(error instanceof Killed)) throw error;
      this.end();
      return never();
    } finally {
      if (disk !== null) disk.cutAfter = null;
    }
  }
}

/** First come, first served; it falls with its holder. */
class Lock {
  #holder: Life | null = null;
  readonly #queue: { readonly life: Life; readonly run: () => Promise<void> }[] = [];

  aloneOf(life: Life): Alone {
    return (task) =>
      new Promise((resolve, reject) => {
        this.#queue.push({ life, run: () => task(true).then(resolve, reject) });
        this.pass();
      });
  }

  pass(): void {
    if (this.#holder !== null && !this.#holder.dead) return;
    const next = this.#queue.shift();
    this.#holder = next?.life ?? null;
    if (next === undefined) return;
    if (next.life.dead) return this.pass();
    void next.run().finally(() => {
      if (this.#holder !== next.life) return;
      this.#holder = null;
      this.pass();
    });
  }
}

/** A browser with two tabs over one database and one disk. Killed, it may have thrown its database away. */
export class MortalBrowser {
  database: RestorableOutbox = memoryOutbox();
  readonly disk = new MemoryDisk();
  discards = 0;
  restored = 0;
  #lock = new Lock();
  #tabs: (Tab | null)[] = [null, null];

  kill(discards: boolean): void {
    for (const tab of this.#tabs) tab?.life.end();
    this.#tabs = [null, null];
    this.#lock = new Lock();
    if (!discards) return;
    this.discards++;
    this.database = memoryOutbox();
  }

  /** An open tab, or one that is opened now; null where it dies while it opens. */
  async tab(which: 0 | 1): Promise<Tab | null> {
    const open = this.#tabs[which];
    if (open && !open.life.dead) return open;
    const life = new Life(this.#lock);
    const outbox = stepwise(this.database, life);
    const parts = { outbox, files: filesOf(this.disk, life), alone: this.#lock.aloneOf(life), newStamp };
    const guarded = await Promise.race([guardedOutbox(parts), life.ended]);
    if (guarded === 'dead') return null;
    this.restored += guarded.restored;
    return (this.#tabs[which] = { life, outbox: guarded.outbox });
  }
}
export type Tab = { readonly life: Life; readonly outbox: Outbox };

let stamps = 0;
const newStamp = (): string => `00000000-0000-4000-8000-${String(stamps++).padStart(12, '0')}`;

function stepwise(database: RestorableOutbox, life: Life): RestorableOutbox {
  // Own properties, as those of the real one are: they are spread.
  const entries = Object.entries(database).map(([name, method]) => [
    name,
    name === 'subscribe' || name === 'close'
      ? method
      : (...given: unknown[]) => life.step(async () => (method as (...given: unknown[]) => Promise<unknown>)(...given)),
  ]);
  return Object.fromEntries(entries) as RestorableOutbox;
}

function filesOf(disk: MemoryDisk, life: Life): JournalFiles {
  const files = disk.open();
  return {
    read: (which) => life.step(() => files.read(which)),
    append: (heads, which, bytes) => life.step(() => files.append(heads, which, bytes), disk),
    write: (which, bytes) => life.step(() => files.write(which, bytes), disk),
    close: () => undefined,
  };
}
