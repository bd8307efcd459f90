/** What is asked of the database, each within one transaction. */
import { isOpen, listed } from './idb-listing.ts';
import {
  headOfBatch,
  readBatch,
  readBytes,
  readFacet,
  readHead,
  readSeen,
  readTally,
  readWithdrawn,
  recordFrom,
  withdrawalFrom,
} from './idb-rows.ts';
import type { Reading } from './idb-transaction.ts';
import { countsOf, headOf } from './outbox-rules.ts';
import type { BatchHead, FeedbackFilter, FeedbackHead, FeedbackOrder, OutboxCounts } from './outbox.ts';
import type { FeedbackLine, FeedbackRecord } from './record.ts';

export async function counts(stores: Reading): Promise<OutboxCounts> {
  const tallies = stores.objectStore('tallies');
  const owed = stores.objectStore('withdrawals').index('state');
  const [keys, rows, waiting, sealed] = await Promise.all([
    tallies.getAllKeys(),
    tallies.getAll(),
    owed.count('waiting'),
    owed.count('sealed'),
  ]);
  const groups = keys.map((key, i) => ({ state: readFacet(key).state, count: readTally(rows[i]) }));
  return countsOf(groups, waiting + sealed);
}

export async function models(stores: Reading): Promise<readonly string[]> {
  const facets = (await stores.objectStore('tallies').getAllKeys()).map(readFacet);
  return [...new Set(facets.map(({ model }) => model))].toSorted();
}

export async function ids(
  stores: Reading,
  filter: FeedbackFilter,
  order: FeedbackOrder,
  most = Number.POSITIVE_INFINITY,
): Promise<readonly string[]> {
  // A cursor takes longer for each key than a scan of all, so it must be few, and sure to be among the first it meets.
  const keys = most <= FEW && isOpen(filter) && order === 'newest' ? await lastKeys(stores, most) : null;
  return listed(keys ?? (await stores.objectStore('listing').getAllKeys()), filter, order).slice(0, most);
}

const FEW = 100;

/** Ascending. */
async function lastKeys(stores: Reading, most: number): Promise<string[]> {
  const keys: string[] = [];
  let cursor = await stores.objectStore('listing').openKeyCursor(null, 'prev');
  while (cursor !== null && keys.length < most) {
    keys.push(cursor.key);
    cursor = keys.length < most ? await cursor.continue() : null;
  }
  return keys.toReversed();
}

export async function heads(stores: Reading, ids: readonly string[]): Promise<readonly FeedbackHead[]> {
  const rows = ids.map(async (id) => {
    const [head, body] = await Promise.all([stores.objectStore('heads').get(id), stores.objectStore('bodies').get(id)]);
    return head === undefined ? [] : [headOf(readHead(head), readSeen(body))];
  });
  return (await Promise.all(rows)).flat();
}

export async function record(stores: Reading, id: string): Promise<FeedbackRecord | null> {
  const [head, body, picture] = await Promise.all([
    stores.objectStore('heads').get(id),
    stores.objectStore('bodies').get(id),
    stores.objectStore('pictures').get(id),
  ]);
  return head === undefined ? null : recordFrom(readHead(head), body, picture);
}

export async function waiting(stores: Reading, limit: number): Promise<readonly FeedbackLine[]> {
  const [ids, rows] = await Promise.all([
    stores.objectStore('heads').index('state').getAllKeys('waiting', limit),
    stores.objectStore('withdrawals').index('state').getAll('waiting', limit),
  ]);
  const withdrawn = new Map(rows.map((row) => [readWithdrawn(row).id, withdrawalFrom(readWithdrawn(row))]));
  const oldest = [...ids, ...withdrawn.keys()].toSorted().slice(0, limit);
  const lines = await Promise.all(oldest.map((id) => withdrawn.get(id) ?? record(stores, id)));
  return lines.filter((line) => line !== null);
}

export async function batches(stores: Reading): Promise<readonly BatchHead[]> {
  return (await stores.objectStore('batches').getAll()).map((row) => headOfBatch(readBatch(row)));
}

export async function bytesOf(stores: Reading, name: string): Promise<Uint8Array | null> {
  const row = await stores.objectStore('batch-bytes').get(name);
  return row === undefined ? null : readBytes(row);
}
