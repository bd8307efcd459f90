/** How the database came to be as it is: one step for each released version, never changed after its release. */
import type { DBSchema, IDBPDatabase } from 'idb';

/**
 * 1: first release. Light heads apart from heavy bodies and pictures, so that scrolling reads no ink; a listing, so that
 * filters read nothing but keys; tallies, so that counting does not even read those.
 * 2: notes, for the stamp that tells a database that was thrown away from one that is only empty, and for what is left
 * to the service worker.
 */
export const DATABASE_VERSION = 2;

/** State, verdict, source, model@version, label ('' for none): what filters look at. */
export type Facet = [state: string, verdict: string, source: string, model: string, label: string];

/** Values are `unknown`: what is read is a row only once idb-rows.ts has read it. */
export interface Schema extends DBSchema {
  /** Key: id of the record. */
  heads: { key: string; value: unknown; indexes: { state: string } };
  /** Key: what idb-listing.ts makes of a head. Changed in the transaction that changes the head. */
  listing: { key: string; value: unknown };
  bodies: { key: string; value: unknown };
  /** PNG, as an ArrayBuffer: Blobs fail in Safari's private windows. */
  pictures: { key: string; value: unknown };
  /** How many heads have the facet; none that are 0. Changed in the transaction that changes a head. */
  tallies: { key: Facet; value: unknown };
  /** Records that were taken back after they may have left. Key: id of the record. */
  withdrawals: { key: string; value: unknown; indexes: { state: string } };
  /** Key: a number that grows with every batch. */
  batches: { key: number; value: unknown; indexes: { name: string } };
  /** Key: name of the batch. */
  'batch-bytes': { key: string; value: unknown };
  /** What is no record and stays when those are deleted. */
  notes: { key: 'stamp' | 'errand'; value: unknown };
}

/** All that is of records: what a person deletes with them. */
export const RECORD_STORES = [
  'heads',
  'listing',
  'bodies',
  'pictures',
  'tallies',
  'withdrawals',
  'batches',
  'batch-bytes',
] as const;

export const STORES = [...RECORD_STORES, 'notes'] as const;

/** Nothing in here may wait for anything but the database, or the upgrade commits half-way. */
export function climb(database: IDBPDatabase<Schema>, oldVersion: number): void {
  if (oldVersion < 1) {
    const heads = database.createObjectStore('heads', { keyPath: 'id' });
    heads.createIndex('state', 'state');
    database.createObjectStore('listing');
    database.createObjectStore('bodies', { keyPath: 'id' });
    database.createObjectStore('pictures');
    database.createObjectStore('tallies');
    database.createObjectStore('withdrawals', { keyPath: 'id' }).createIndex('state', 'state');
    database.createObjectStore('batches', { keyPath: 'order', autoIncrement: true }).createIndex('name', 'name', {
      unique: true,
    });
    database.createObjectStore('batch-bytes');
  }
  if (oldVersion < 2) database.createObjectStore('notes');
}
