/** One connection to the database, opened when it is needed, and again when it was lost. */
import type { IDBPDatabase, OpenDBCallbacks } from 'idb';
import { openDB } from 'idb';
import { climb, DATABASE_VERSION } from './idb-ladder.ts';
import type { Schema } from './idb-ladder.ts';
import { OutboxError } from './outbox.ts';

type Database = IDBPDatabase<Schema>;

export interface Connection {
  /**
   * Runs `work` with the open database. Where the connection turns out to be lost, it is opened anew and `work` runs
   * once more: right for work that does nothing at all unless it commits. Rejects with OutboxError.
   */
  with<T>(work: (database: Database) => Promise<T>): Promise<T>;
  close(): void;
}

/** An older tab of ours closes at once when it is asked to; one that has not by then is not going to. */
const BLOCKED_AFTER_MS = 2000;
/** Behind another tab's upgrade that is blocked, an opening waits without an event. */
const STUCK_AFTER_MS = 10_000;

type Opening = { readonly database: Promise<Database>; readonly stuck: Promise<never> };

/**
 * onOutdated: a newer tab upgraded the database, and this page can do nothing more with it. What is 'blocked' goes on
 * waiting behind the scenes: a later call finds it open. version: another one only to see how it is opened.
 */
export function connection(name: string, onOutdated: () => void, version = DATABASE_VERSION): Connection {
  let current: Opening | null = null;
  let outdated = false;
  let closed = false;

  function open(): Opening {
    const drop = (): void => {
      if (current === opening) current = null;
    };
    let stop: (error: OutboxError) => void = () => undefined;
    const stuck = new Promise<never>((_, reject) => (stop = reject));
    const stopLater = (after: number) =>
      setTimeout(() => stop(new OutboxError('blocked', 'another tab of this app holds the database')), after);
    const timers = [stopLater(STUCK_AFTER_MS)];
    // Nobody may be waiting when it gets stuck.
    stuck.catch(() => undefined);
    const callbacks: OpenDBCallbacks<Schema> = {
      upgrade: climb,
      blocked: () => void timers.push(stopLater(BLOCKED_AFTER_MS)),
      blocking(_oldVersion, newVersion, event) {
        // Held on to, this connection would keep the newer tab out. What is being written is still finished.
        (event.target as IDBDatabase).close();
        drop();
        // Deleted from outside, without a new version, it can be made anew.
        if (newVersion === null) return;
        outdated = true;
        onOutdated();
      },
      terminated: drop,
    };
    // Within an async function, since a browser without indexedDB throws before there is a promise.
    const database = (async () => {
      try {
        const database = await openDB<Schema>(name, version, callbacks);
        if (closed) database.close();
        return database;
      } finally {
        timers.forEach(clearTimeout);
      }
    })();
    const opening = { database, stuck };
    database.catch(drop);
    return opening;
  }

  async function database(): Promise<{ readonly opening: Opening; readonly database: Database }> {
    if (closed) throw new OutboxError('internal', 'the outbox was closed');
    if (outdated) throw outdatedError();
    const opening = (current ??= open());
    try {
      return { opening, database: await Promise.race([opening.database, opening.stuck]) };
    } catch (error) {
      if (nameOf(error) === 'VersionError') outdated = true;
      throw openingError(error);
    }
  }

  return {
    async with(work) {
      for (let attempt = 1; ; attempt++) {
        const { opening, database: opened } = await database();
        try {
          return await work(opened);
        } catch (error) {
          if (error instanceof OutboxError) throw error;
          if (attempt === 2 || !lost.has(nameOf(error))) throw workError(error);
          if (current === opening) current = null;
          opened.close();
        }
      }
    },
    close() {
      closed = true;
      current?.database.then(
        (database) => database.close(),
        () => undefined,
      );
      current = null;
    },
  };
}

/**
 * How browsers say that a connection is gone: it was closed under us, "Connection to Indexed Database server lost"
 * (Safari), a transaction that was aborted by nobody here.
 */
const lost: ReadonlySet<string> = new Set(['InvalidStateError', 'UnknownError', 'AbortError']);

const nameOf = (error: unknown): string => (error instanceof Error ? error.name : '');
const textOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

const outdatedError = (): OutboxError =>
  new OutboxError('outdated', 'a newer version of this app has taken over the database; this page has to be reloaded');

function openingError(cause: unknown): OutboxError {
  if (cause instanceof OutboxError) return cause;
  if (nameOf(cause) === 'VersionError') return outdatedError();
  if (nameOf(cause) === 'QuotaExceededError') return workError(cause);
  return new OutboxError('unavailable', `this browser window keeps nothing: ${textOf(cause)}`, { cause });
}

function workError(cause: unknown): OutboxError {
  if (nameOf(cause) === 'QuotaExceededError')
    return new OutboxError('quota-exceeded', 'there is no room left; nothing was written', { cause });
  return new OutboxError('internal', `the database failed: ${textOf(cause)}`, { cause });
}
