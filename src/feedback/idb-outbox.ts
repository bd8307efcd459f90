/** The outbox of a browser: IndexedDB, for this is what must not be lost. */
import { connection } from './idb-connection.ts';
import { hasErrand, leaveErrand, takeErrand } from './idb-errand.ts';
import { RECORD_STORES } from './idb-ladder.ts';
import * as reads from './idb-reads.ts';
import { restore, revisions, stamp } from './idb-restore.ts';
import type { Reading, Writing } from './idb-transaction.ts';
import { reading, writing } from './idb-transaction.ts';
import * as writes from './idb-writes.ts';
import type { RestorableOutbox } from './outbox.ts';

/**
 * Opens nothing yet: the first call does, and what goes wrong then is tried anew by the next. Listeners are also called
 * when this page gets outdated, so that who counts hears of it. name: outboxName(…); a database of this name is ours.
 */
export function idbOutbox(name: string): RestorableOutbox {
  const listeners = new Set<() => void>();
  const call = (): void => listeners.forEach((listener) => listener());
  const channel = new BroadcastChannel(name);
  channel.addEventListener('message', call);
  const database = connection(name, call);

  const read = <T>(body: (stores: Reading) => Promise<T>): Promise<T> =>
    database.with((opened) => reading(opened, body));
  /** Tells everybody afterwards, unless the result says that nothing was changed. */
  const write = async <T>(body: (stores: Writing) => Promise<T>): Promise<T> => {
    const result = await database.with((opened) => writing(opened, body));
    if (result !== false && result !== 0) {
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel stays within its origin
      channel.postMessage(null);
      call();
    }
    return result;
  };
  /** Nothing that anybody counts is changed. */
  const apart = <T>(body: (stores: Writing) => Promise<T>): Promise<T> =>
    database.with((opened) => writing(opened, body));

  return {
    add: async (record) => void (await write((stores) => writes.add(stores, [record], 'waiting'))),
    addAll: (records, state) => write((stores) => writes.add(stores, records, state)),
    revise: (id, change) => write((stores) => writes.revise(stores, id, change)),
    async withdraw(id, time) {
      const withdrawn = await write((stores) => writes.withdraw(stores, id, time));
      return withdrawn === false ? null : withdrawn.line;
    },
    get: (id) => read((stores) => reads.record(stores, id)),

    counts: () => read(reads.counts),
    ids: (filter, order, most) => read((stores) => reads.ids(stores, filter, order, most)),
    heads: (ids) => read((stores) => reads.heads(stores, ids)),
    models: () => read(reads.models),

    waiting: (limit) => read((stores) => reads.waiting(stores, limit)),
    seal: (batch) => write((stores) => writes.seal(stores, batch)),
    batches: () => read(reads.batches),
    bytesOf: (name) => read((stores) => reads.bytesOf(stores, name)),
    mark: async (name, state) => void (await write((stores) => writes.mark(stores, name, state))),
    forget: async (name) => void (await write((stores) => writes.forget(stores, name))),

    clear: () =>
      write(async (stores) => {
        await Promise.all(RECORD_STORES.map((store) => stores.objectStore(store).clear()));
        await stores.objectStore('notes').delete('errand');
      }),
    leaveErrand: (errand) => apart((stores) => leaveErrand(stores, errand)),
    takeErrand: async () => ((await read(hasErrand)) ? apart(takeErrand) : []),
    stamp: () => read(stamp),
    restore: (saved, stamp) => write((stores) => restore(stores, saved, stamp)),
    revisions: (ids) => read((stores) => revisions(stores, ids)),
    subscribe(listener) {
      // A function of its own, so that who subscribes twice is called twice.
      const own = (): void => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    close() {
      listeners.clear();
      channel.close();
      database.close();
    },
  };
}
