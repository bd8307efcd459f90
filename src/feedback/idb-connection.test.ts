import 'fake-indexeddb/auto';
import { expect, test, vi } from 'vitest';
import { connection } from './idb-connection.ts';
import { DATABASE_VERSION } from './idb-ladder.ts';
import { refused } from './outbox-case.fixture.ts';

/** A connection that lets nobody else in: of an app that does not listen. */
function stubborn(name: string, version?: number): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(name, version);
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', () => reject(request.error));
  });
}
const ignore = (): void => undefined;
const storesOf = (database: { readonly objectStoreNames: { readonly length: number } }) =>
  Promise.resolve(database.objectStoreNames.length);

test('an older tab that holds on is named, and when it lets go nobody has to reload', async () => {
  const made = connection('held', ignore);
  await made.with(storesOf);
  made.close();
  const older = await stubborn('held');
  const newer = connection('held', ignore, DATABASE_VERSION + 1);
  expect(await refused(newer.with(storesOf))).toBe('blocked');
  expect(await refused(newer.with(storesOf))).toBe('blocked');
  older.close();
  await vi.waitFor(async () => expect(await newer.with(storesOf)).toBeGreaterThan(5), { timeout: 20_000 });
  newer.close();
});

test('behind the upgrade of another tab that waits for ever, this one does not', async () => {
  const made = connection('queue', ignore);
  await made.with(storesOf);
  made.close();
  const older = await stubborn('queue');
  const middle = stubborn('queue', DATABASE_VERSION + 1);
  const newer = connection('queue', ignore, DATABASE_VERSION + 2);
  expect(await refused(newer.with(storesOf))).toBe('blocked');
  older.close();
  (await middle).close();
  await vi.waitFor(async () => expect(await newer.with(storesOf)).toBeGreaterThan(5), { timeout: 20_000 });
  newer.close();
});

test('closed while it is being opened, it stays closed', async () => {
  const one = connection('closed', ignore);
  const asked = one.with(storesOf);
  one.close();
  await asked.catch(ignore);
  expect(await refused(one.with(storesOf))).toBe('internal');
  // Nothing holds the database any more.
  (await stubborn('closed', DATABASE_VERSION + 1)).close();
});

test('what is wrong with the question is no lost connection, and is not asked again', async () => {
  const one = connection('wrong', ignore);
  let asked = 0;
  const wrong = one.with(async () => {
    asked++;
    throw new TypeError('no');
  });
  expect(await refused(wrong)).toBe('internal');
  expect(asked).toBe(1);
  one.close();
});
