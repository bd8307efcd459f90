/** What a page leaves to the service worker, in the database that it is about. */
import { errandIn } from './errand-row.ts';
import type { Delivery, Errand } from './errand.ts';
import type { Reading, Writing } from './idb-transaction.ts';

export async function hasErrand(stores: Reading): Promise<boolean> {
  return (await stores.objectStore('notes').count('errand')) > 0;
}

export async function leaveErrand(stores: Writing, errand: Errand): Promise<void> {
  await stores.objectStore('notes').put(errand, 'errand');
}

export async function takeErrand(stores: Writing): Promise<readonly Delivery[]> {
  const notes = stores.objectStore('notes');
  const errand = errandIn(await notes.get('errand'));
  await notes.delete('errand');
  return errand?.sent ?? [];
}
