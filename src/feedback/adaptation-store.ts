/** What adaptation keeps on this device: the person's choice, and what the model said of each verified letter. */
import { openDB } from 'idb';
import type { DBSchema, IDBPDatabase } from 'idb';
import * as z from 'zod/mini';

/** since: ISO 8601; records made before it are not learnt from, because the person had what was learnt forgotten. */
export type AdaptationWish = { readonly on: boolean; readonly since: string };

/** A verified letter as one model version saw it. probabilities in the order of that model's labels. */
export type LearntSample = {
  /** model@version */
  readonly model: string;
  /** Of the feedback record, and its revision. */
  readonly id: string;
  readonly revision: number;
  readonly time: string;
  readonly label: string;
  readonly embedding: Float32Array;
  readonly shape: Float32Array;
  readonly cue: Float32Array;
  /** Not in what the first builds kept: those samples are made anew. */
  readonly pen: number;
  readonly probabilities: Float32Array;
};

export interface AdaptationStore {
  wish(): Promise<AdaptationWish>;
  /** The wish, and with forgetting every sample, in one transaction. */
  decide(wish: AdaptationWish, forgetting: boolean): Promise<void>;
  /** What is broken or from a later version is left out: it is made anew from the records. */
  samples(model: string): Promise<readonly LearntSample[]>;
  /** In one transaction: puts, removes by id, and drops what other models saw and what samples() leaves out. */
  change(model: string, put: readonly LearntSample[], remove: readonly string[]): Promise<void>;
  close(): void;
}

const noWish: AdaptationWish = { on: false, since: '' };

const Wish = z.object({ on: z.boolean(), since: z.string() });
const numbers = z.instanceof(Float32Array);
const Sample = z.object({
  model: z.string(),
  id: z.string(),
  revision: z.number(),
  time: z.string(),
  label: z.string(),
  embedding: numbers,
  shape: numbers,
  cue: numbers,
  pen: z.number(),
  probabilities: numbers,
});

interface AdaptationSchema extends DBSchema {
  wish: { key: 'wish'; value: unknown };
  samples: { key: [string, string]; value: LearntSample; indexes: { 'by-model': string } };
}

/** version 1: first release. */
const VERSION = 1;

/** The database of its own: what is in it can be made anew, and is never a reason to touch the records. */
export async function openAdaptationStore(name = 'ktav-adaptation'): Promise<AdaptationStore> {
  let open: Promise<IDBPDatabase<AdaptationSchema>> | null = null;
  const database = (): Promise<IDBPDatabase<AdaptationSchema>> => {
    open ??= openDB<AdaptationSchema>(name, VERSION, {
      upgrade(db, oldVersion) {
        if (oldVersion < 1) {
          db.createObjectStore('wish');
          db.createObjectStore('samples', { keyPath: ['model', 'id'] }).createIndex('by-model', 'model');
        }
      },
      // A newer page wants to upgrade: it may. This page opens anew when it needs to.
      blocking(_current, _blocked, event) {
        (event.target as IDBDatabase | null)?.close();
        open = null;
      },
      terminated() {
        open = null;
      },
    }).catch((error: unknown) => {
      open = null;
      throw error;
    });
    return open;
  };
  await database();

  return {
    async wish() {
      const read = z.safeParse(Wish, await (await database()).get('wish', 'wish'));
      return read.success ? read.data : noWish;
    },
    async decide(wish, forgetting) {
      const transaction = (await database()).transaction(['wish', 'samples'], 'readwrite', { durability: 'strict' });
      const wishes = transaction.objectStore('wish');
      const samples = transaction.objectStore('samples');
      await Promise.all([wishes.put(wish, 'wish'), ...(forgetting ? [samples.clear()] : []), transaction.done]);
    },
    async samples(model) {
      const all: unknown[] = await (await database()).getAllFromIndex('samples', 'by-model', model);
      return all.flatMap((one) => {
        const read = z.safeParse(Sample, one);
        return read.success ? [read.data] : [];
      });
    },
    async change(model, put, remove) {
      const transaction = (await database()).transaction('samples', 'readwrite');
      const { store } = transaction;
      const [keys, values] = await Promise.all([store.getAllKeys(), store.getAll()]);
      const useless = keys.filter(([owner], i) => owner !== model || !z.safeParse(Sample, values[i]).success);
      await Promise.all([
        ...useless.map((key) => store.delete(key)),
        ...remove.map((id) => store.delete([model, id])),
        ...put.map((sample) => store.put(sample)),
        transaction.done,
      ]);
    },
    close() {
      void open?.then((db) => db.close());
      open = null;
    },
  };
}
