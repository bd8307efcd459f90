import { forceCloseDatabase } from 'fake-indexeddb';
import 'fake-indexeddb/auto';
import { afterEach, describe, expect, test } from 'vitest';
import { DATABASE_VERSION } from './idb-ladder.ts';
import { idbOutbox } from './idb-outbox.ts';
import { outboxName } from './names.ts';
import { anything, batchOf, refused } from './outbox-case.fixture.ts';
import { outboxContract } from './outbox-contract.fixture.ts';
import type { RestorableOutbox } from './outbox.ts';
import { drawnRecord, idAt, uploadedRecord } from './record.fixture.ts';

let serial = 0;
const opened: RestorableOutbox[] = [];
/** A database of its own, and a function that opens it once more each time. */
const fresh = (): { readonly name: string; readonly open: () => RestorableOutbox } => {
  const name = outboxName(`https://ktav.example/${serial++}/`);
  const open = (): RestorableOutbox => {
    const outbox = idbOutbox(name);
    opened.push(outbox);
    return outbox;
  };
  return { name, open };
};
afterEach(() => opened.splice(0).forEach((outbox) => outbox.close()));

/** The database without our code around it. */
function raw(name: string, version?: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}
const until = async (holds: () => boolean): Promise<void> => {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
};

describe('in IndexedDB', () => {
  test.each(outboxContract)('$situation', async ({ run }) => {
    await expect(run(fresh().open)).resolves.toBeUndefined();
  });

  test('two apps on one origin do not share', () => {
    expect(outboxName('https://a.example/one/index.html')).not.toBe(outboxName('https://a.example/two/index.html'));
    expect(outboxName('https://a.example/one/#/draw')).toBe(outboxName('https://a.example/one/'));
  });

  test('other tabs hear of a commit', async () => {
    const { open } = fresh();
    const [here, there] = [open(), open()];
    let heard = 0;
    there.subscribe(() => heard++);
    await here.add(drawnRecord(1));
    await until(() => heard > 0);
    expect(await there.counts()).toMatchObject({ kept: 1 });
  });

  test('tallies are what a count of all heads gives, after any changes', async () => {
    const { name, open } = fresh();
    const outbox = open();
    await outbox.addAll([drawnRecord(1), drawnRecord(2), uploadedRecord(3)], 'waiting');
    await outbox.seal(batchOf(await outbox.waiting(2)));
    await outbox.revise(idAt(1), { verdict: 'unreadable', label: null, time: new Date(9).toISOString() });
    await outbox.mark('a'.repeat(64), { kind: 'delivered', at: 1 });
    await outbox.withdraw(idAt(3), new Date(9).toISOString());
    const tallies = (await raw(name)).transaction('tallies').objectStore('tallies');
    const keys = tallies.getAllKeys();
    const values = await new Promise((resolve) => {
      const all = tallies.getAll();
      all.addEventListener('success', () => resolve(all.result));
    });
    const model = 'hebrew-letters@0.2.0';
    expect(keys.result).toEqual([
      ['sent', 'confirmed', 'draw', model, 'alef'],
      ['waiting', 'unreadable', 'draw', model, ''],
    ]);
    expect(values).toEqual([1, 1]);
  });

  test('a commit waits for the disk', async () => {
    const asked: unknown[][] = [];
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...args) {
      asked.push(args.slice(1));
      return transaction.apply(this, args);
    };
    try {
      await fresh().open().add(drawnRecord(1));
    } finally {
      IDBDatabase.prototype.transaction = transaction;
    }
    expect(asked.filter(([mode]) => mode === 'readwrite')).toEqual([['readwrite', { durability: 'strict' }]]);
  });

  test('a row that is damaged is said, and does not pass for a record', async () => {
    const { name, open } = fresh();
    const outbox = open();
    await outbox.add(drawnRecord(1));
    const heads = (await raw(name)).transaction('heads', 'readwrite').objectStore('heads');
    heads.put({ id: idAt(1), state: 'waiting', certainty: 1 });
    expect(await refused(outbox.get(idAt(1)))).toBe('internal');
  });
});

describe('a connection that was lost', () => {
  /** All connections that are open at the moment it is called. */
  function spied(): { readonly all: IDBDatabase[]; readonly end: () => void } {
    const all: IDBDatabase[] = [];
    const { transaction } = IDBDatabase.prototype;
    IDBDatabase.prototype.transaction = function (...args) {
      all.push(this);
      return transaction.apply(this, args);
    };
    return { all, end: () => void (IDBDatabase.prototype.transaction = transaction) };
  }

  test('is opened again, and what was asked for happens once', async () => {
    const outbox = fresh().open();
    const spy = spied();
    await outbox.add(drawnRecord(1));
    spy.end();
    // Closed under us, as a browser does that cleans up or loses its database process.
    spy.all[0]?.close();
    await outbox.revise(idAt(1), { verdict: 'corrected', label: 'shin', time: new Date(9).toISOString() });
    expect(await outbox.get(idAt(1))).toMatchObject({ revision: 1, label: 'shin' });
  });

  test('is opened again after the browser said so', async () => {
    const outbox = fresh().open();
    const spy = spied();
    await outbox.add(drawnRecord(1));
    spy.end();
    // Its types ask for the class where it means an instance.
    for (const database of spy.all) forceCloseDatabase(database as never);
    expect(await outbox.counts()).toMatchObject({ kept: 1 });
  });

  test('twice in a row is an error, not a loop', async () => {
    const outbox = fresh().open();
    await outbox.add(drawnRecord(1));
    const { transaction } = IDBDatabase.prototype;
    let asked = 0;
    IDBDatabase.prototype.transaction = () => {
      asked++;
      throw new DOMException(
        'Connection to Indexed Database server lost. Refresh the page to try again',
        'UnknownError',
      );
    };
    try {
      expect(await refused(outbox.counts())).toBe('internal');
    } finally {
      IDBDatabase.prototype.transaction = transaction;
    }
    expect(asked).toBe(2);
    expect(await outbox.counts()).toMatchObject({ kept: 1 });
  });
});

describe('an upgrade by a newer tab', () => {
  test('is let through at once, and this page says that it is outdated', async () => {
    const { name, open } = fresh();
    const outbox = open();
    let heard = 0;
    outbox.subscribe(() => heard++);
    await outbox.add(drawnRecord(1));
    (await raw(name, DATABASE_VERSION + 1)).close();
    expect(heard).toBe(2);
    expect(await refused(outbox.add(drawnRecord(2)))).toBe('outdated');
    // A page that was loaded from an old cache meets the newer database.
    expect(await refused(open().counts())).toBe('outdated');
  });

  test('a database that was deleted from outside is made anew', async () => {
    const { name, open } = fresh();
    const outbox = open();
    await outbox.add(drawnRecord(1));
    await new Promise((resolve) => indexedDB.deleteDatabase(name).addEventListener('success', resolve));
    expect(await outbox.ids(anything, 'newest')).toEqual([]);
    await outbox.add(drawnRecord(2));
    expect(await outbox.ids(anything, 'newest')).toEqual([idAt(2)]);
  });
});

test('a window that keeps nothing says so, and says it again', async () => {
  const outbox = fresh().open();
  const { open } = IDBFactory.prototype;
  IDBFactory.prototype.open = () => {
    throw new DOMException('The operation is insecure.', 'SecurityError');
  };
  try {
    expect(await refused(outbox.add(drawnRecord(1)))).toBe('unavailable');
    expect(await refused(outbox.counts())).toBe('unavailable');
  } finally {
    IDBFactory.prototype.open = open;
  }
  expect(await outbox.counts()).toMatchObject({ kept: 0 });
});
