/** What a second copy still knows goes back into a database that was thrown away. */
import { bodyRow, bytesRow, readStamp } from './idb-rows.ts';
import type { Reading, Writing } from './idb-transaction.ts';
import { Heads, lineOf } from './idb-writes.ts';
import * as rules from './outbox-rules.ts';
import type { Saved } from './outbox.ts';

export async function stamp(stores: Reading): Promise<string | null> {
  const row: unknown = await stores.objectStore('notes').get('stamp');
  return row === undefined ? null : readStamp(row);
}

export async function revisions(stores: Reading, ids: readonly string[]): Promise<ReadonlyMap<string, number>> {
  const lines = await Promise.all(ids.map((id) => lineOf(stores, id)));
  const standing = lines.map(({ head, withdrawn }) => head ?? withdrawn);
  return new Map(ids.flatMap((id, i) => (standing[i] ? [[id, standing[i].revision] as const] : [])));
}

export async function restore(stores: Writing, saved: Saved, stamp: string): Promise<number> {
  const known = stores.objectStore('batches').index('name');
  const here = await Promise.all(saved.batches.map(({ batch }) => known.getKey(batch.name)));
  const batches = saved.batches.filter((_, i) => here[i] === undefined);
  const found = [...rules.linesToPutBack({ ...saved, batches }).values()];
  const lines = await Promise.all(found.map(({ line }) => lineOf(stores, line.id)));
  const heads = new Heads(stores);
  const writes: Promise<unknown>[] = [stores.objectStore('notes').put(stamp, 'stamp')];
  let count = 0;
  for (const [i, one] of found.entries()) {
    const { head = null, withdrawn = null } = lines[i] ?? {};
    const { line, state, left } = one;
    if (rules.isHere(one, head ?? withdrawn)) continue;
    const { id, revision, time } = line;
    if ('withdrawn' in line) {
      heads.change(head, null);
      writes.push(
        stores.objectStore('withdrawals').put({ id, revision, time, state }),
        stores.objectStore('bodies').delete(id),
        stores.objectStore('pictures').delete(id),
      );
      continue;
    }
    heads.change(head, rules.entryOf(line, state, left));
    const pictures = stores.objectStore('pictures');
    writes.push(
      stores.objectStore('bodies').put(bodyRow(line)),
      line.picture === null ? pictures.delete(id) : pictures.put(bytesRow(line.picture), id),
      stores.objectStore('withdrawals').delete(id),
    );
    count++;
  }
  for (const { batch } of batches) {
    const { bytes, members, name, gzip, date } = batch;
    const row = { name, gzip, date, members, size: bytes.length, state: { kind: 'due' } };
    writes.push(stores.objectStore('batches').add(row), stores.objectStore('batch-bytes').put(bytesRow(bytes), name));
  }
  await Promise.all([...writes, heads.write()]);
  return count;
}
