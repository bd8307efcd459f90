/** Transactions over the whole database. They are short, and wait for nothing but the database. */
import type { IDBPDatabase, IDBPTransaction } from 'idb';
import type { Schema } from './idb-ladder.ts';
import { STORES } from './idb-ladder.ts';

export type Reading = IDBPTransaction<Schema, typeof STORES, 'readonly' | 'readwrite'>;
export type Writing = IDBPTransaction<Schema, typeof STORES, 'readwrite'>;

export async function reading<T>(database: IDBPDatabase<Schema>, body: (stores: Reading) => Promise<T>): Promise<T> {
  const stores: IDBPTransaction<Schema, typeof STORES, 'readonly'> = database.transaction(STORES, 'readonly');
  return settled(stores, () => body(stores as unknown as Reading));
}

/** Resolves after the commit has reached the disk; where body rejects, nothing was written. */
export async function writing<T>(database: IDBPDatabase<Schema>, body: (stores: Writing) => Promise<T>): Promise<T> {
  const stores: Writing = database.transaction(STORES, 'readwrite', { durability: 'strict' });
  return settled(stores, () => body(stores));
}

async function settled<T>(
  transaction: { readonly done: Promise<void>; abort(): void },
  body: () => Promise<T>,
): Promise<T> {
  const end = transaction.done.then(
    () => null,
    (error: unknown) => ({ error }),
  );
  let result: T;
  try {
    result = await body();
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It has aborted by itself already, which is what is wanted.
    }
    const ended = await end;
    // A full disk aborts the transaction, and its requests only say that they were aborted.
    throw isFull(ended?.error) ? ended?.error : error;
  }
  const ended = await end;
  if (ended !== null) throw ended.error;
  return result;
}

const isFull = (error: unknown): boolean => error instanceof Error && error.name === 'QuotaExceededError';
