/** What is changed in the database, each within one transaction. Null, 0 or false: nothing was. */
import type { Facet } from './idb-ladder.ts';
import { listingKey } from './idb-listing.ts';
import { bodyRow, bytesRow, facetOf, headRow, readBatch, readHead, readTally, readWithdrawn } from './idb-rows.ts';
import type { Withdrawn } from './idb-rows.ts';
import { record } from './idb-reads.ts';
import type { Reading, Writing } from './idb-transaction.ts';
import * as rules from './outbox-rules.ts';
import type { Change, Entry } from './outbox-rules.ts';
import type { Batch, BatchMember, BatchState, FeedbackState } from './outbox.ts';
import { OutboxError } from './outbox.ts';
import type { FeedbackRecord, Withdrawal } from './record.ts';

/** What follows from the heads that a transaction changes: their rows, the listing, the tallies. */
export class Heads {
  readonly #stores: Writing;
  readonly #tallies = new Map<string, { readonly facet: Facet; by: number }>();
  readonly #writes: Promise<unknown>[] = [];

  constructor(stores: Writing) {
    this.#stores = stores;
  }

  change(before: Entry | null, after: Entry | null): void {
    const heads = this.#stores.objectStore('heads');
    const listing = this.#stores.objectStore('listing');
    if (before !== null) {
      this.#count(before, -1);
      this.#writes.push(listing.delete(listingKey(before)));
    }
    if (after !== null) {
      this.#count(after, 1);
      this.#writes.push(heads.put(headRow(after)), listing.put(0, listingKey(after)));
    } else if (before !== null) this.#writes.push(heads.delete(before.id));
  }

  #count(entry: Entry, by: 1 | -1): void {
    const facet = facetOf(entry);
    const key = JSON.stringify(facet);
    const tally = this.#tallies.get(key) ?? { facet, by: 0 };
    tally.by += by;
    this.#tallies.set(key, tally);
  }

  /** Once, at the end. */
  async write(): Promise<void> {
    const tallies = this.#stores.objectStore('tallies');
    const tally = async ({ facet, by }: { readonly facet: Facet; readonly by: number }): Promise<void> => {
      const before = await tallies.get(facet);
      const now = (before === undefined ? 0 : readTally(before)) + by;
      await (now > 0 ? tallies.put(now, facet) : tallies.delete(facet));
    };
    const changed = [...this.#tallies.values()].filter(({ by }) => by !== 0);
    await Promise.all([...this.#writes, ...changed.map(tally)]);
  }
}

type Line = { readonly head: Entry | null; readonly withdrawn: Withdrawn | null };

export async function lineOf(stores: Reading, id: string): Promise<Line> {
  const [head, withdrawn] = await Promise.all([
    stores.objectStore('heads').get(id),
    stores.objectStore('withdrawals').get(id),
  ]);
  return {
    head: head === undefined ? null : readHead(head),
    withdrawn: withdrawn === undefined ? null : readWithdrawn(withdrawn),
  };
}

export async function add(
  stores: Writing,
  records: readonly FeedbackRecord[],
  state: 'waiting' | 'sent',
): Promise<number> {
  const unique = [...new Set(records.map(({ id }) => id))];
  const lines = new Map(await Promise.all(unique.map(async (id) => [id, await lineOf(stores, id)] as const)));
  const heads = new Heads(stores);
  const writes: Promise<unknown>[] = [];
  let count = 0;
  for (const record of records) {
    const { head, withdrawn } = lines.get(record.id) ?? { head: null, withdrawn: null };
    const entry = rules.added(record, state, head, withdrawn);
    if (entry === null) continue;
    lines.set(record.id, { head: entry, withdrawn: null });
    heads.change(head, entry);
    writes.push(stores.objectStore('bodies').put(bodyRow(record)));
    if (withdrawn !== null) writes.push(stores.objectStore('withdrawals').delete(record.id));
    const pictures = stores.objectStore('pictures');
    if (record.picture !== null) writes.push(pictures.put(bytesRow(record.picture), record.id));
    else if (head !== null) writes.push(pictures.delete(record.id));
    count++;
  }
  await Promise.all([...writes, heads.write()]);
  return count;
}

export async function revise(stores: Writing, id: string, change: Change): Promise<FeedbackRecord> {
  const { head } = await lineOf(stores, id);
  const before = await record(stores, id);
  if (head === null || before === null) throw new OutboxError('not-found', rules.notFound(id));
  const entry = rules.revised(head, change);
  const heads = new Heads(stores);
  heads.change(head, entry);
  await heads.write();
  const { revision, verdict, label, time } = entry;
  return { ...before, revision, verdict, label, time };
}

/** false: nothing was here. line: the withdrawal that waits in its place. */
export async function withdraw(
  stores: Writing,
  id: string,
  time: string,
): Promise<{ readonly line: Withdrawal | null } | false> {
  const { head } = await lineOf(stores, id);
  if (head === null) return false;
  const line = rules.withdrawalOf(head, time);
  const heads = new Heads(stores);
  heads.change(head, null);
  const gone = (['bodies', 'pictures'] as const).map((name) => stores.objectStore(name).delete(id));
  const row = line && { id, revision: line.revision, time, state: 'waiting' };
  await Promise.all([...gone, heads.write(), row && stores.objectStore('withdrawals').put(row)]);
  return { line };
}

const standing = ({ head, withdrawn }: Line): rules.Standing | null => head ?? withdrawn;

type Step = { readonly line: Line; readonly state: FeedbackState };

async function putStates(stores: Writing, steps: readonly Step[]): Promise<void> {
  const heads = new Heads(stores);
  const writes = steps.map(({ line: { head, withdrawn }, state }) => {
    if (head === null) return stores.objectStore('withdrawals').put({ ...withdrawn, state });
    return heads.change(head, { ...head, state, left: head.left || state === 'sealed' });
  });
  await Promise.all([...writes, heads.write()]);
}

const linesOf = (stores: Writing, members: readonly BatchMember[]) =>
  Promise.all(members.map(async (member) => ({ member, line: await lineOf(stores, member.id) })));

export async function seal(stores: Writing, batch: Batch): Promise<boolean> {
  const { bytes, members, name, gzip, date } = batch;
  const same = await stores.objectStore('batches').index('name').getKey(name);
  if (same !== undefined || !rules.isSound(batch)) return false;
  const lines = await linesOf(stores, members);
  if (!lines.every(({ member, line }) => rules.maySeal(member, standing(line)))) return false;
  const row = { name, gzip, date, members, size: bytes.length, state: { kind: 'due' } };
  await Promise.all([
    putStates(
      stores,
      lines.map(({ line }) => ({ line, state: 'sealed' })),
    ),
    stores.objectStore('batches').add(row),
    stores.objectStore('batch-bytes').put(bytesRow(bytes), name),
  ]);
  return true;
}

export async function mark(stores: Writing, name: string, state: BatchState): Promise<boolean> {
  const row = await stores.objectStore('batches').index('name').get(name);
  if (row === undefined) return false;
  const batch = readBatch(row);
  const lines = await linesOf(stores, batch.members);
  const steps = lines.flatMap(({ member, line }) => {
    const next = rules.marked(member, standing(line), state);
    return next === null ? [] : [{ line, state: next }];
  });
  await Promise.all([putStates(stores, steps), stores.objectStore('batches').put({ ...batch, state })]);
  return true;
}

export async function forget(stores: Writing, name: string): Promise<boolean> {
  const row = await stores.objectStore('batches').index('name').get(name);
  if (row === undefined) return false;
  const { order, state } = readBatch(row);
  if (state.kind === 'due' || order === undefined) throw new OutboxError('internal', rules.notDelivered(name));
  await Promise.all([stores.objectStore('batches').delete(order), stores.objectStore('batch-bytes').delete(name)]);
  return true;
}
