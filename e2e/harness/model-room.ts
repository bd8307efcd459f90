/** The model room without the app around it, for browser tests: window.modelRoom. No part of what is shipped. */
import { openModelStore } from '#model/cache';
import { loadModel } from '#model/load';
import type { FileProgress } from '#model/loaded';
import { fullStoreContract, storeContract } from '#model/store-contract.fixture';

export interface ModelRoom {
  readonly situations: readonly string[];
  /** Runs one case of the contract on a fresh Cache Storage; throws what it finds. */
  keepContract(situation: string): Promise<void>;
  keepFullContract(quota: () => Promise<void>): Promise<void>;
  /** A visit: what came, or the code of the error. */
  visit(file: string): Promise<Visit>;
}

export type Visit = {
  readonly version: string | null;
  readonly bytes: number;
  readonly code: string | null;
  readonly notes: readonly string[];
  readonly progress: readonly FileProgress[];
};

declare global {
  interface Window {
    modelRoom: ModelRoom;
  }
}

const baseUrl = new URL('./', location.href).href;
const fresh = async (): Promise<void> => {
  for (const name of await caches.keys()) await caches.delete(name);
};

window.modelRoom = {
  situations: storeContract.map(({ situation }) => situation),
  async keepContract(situation) {
    await fresh();
    await storeContract.find((one) => one.situation === situation)?.run(() => openModelStore(baseUrl));
  },
  async keepFullContract(quota) {
    await fresh();
    await fullStoreContract(await openModelStore(baseUrl), quota);
  },
  async visit(file) {
    const progress: FileProgress[] = [];
    try {
      const model = await loadModel(
        new AbortController().signal,
        {
          catalogUrl: new URL('models/catalog.json', baseUrl).href,
          modelKeys: null,
          installId: '00000000-0000-4000-8000-000000000000',
          appVersion: '0.1.0',
          store: await openModelStore(baseUrl),
          fetch: (url, init) => fetch(url, init),
        },
        (step) => progress.push(step),
      );
      const { length } = await model.bytesOf(new AbortController().signal, file);
      const notes = model.notes().map(({ code }) => code);
      return { version: model.version, bytes: length, code: null, notes, progress };
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? String(error.code) : String(error);
      return { version: null, bytes: 0, code, notes: [], progress };
    }
  },
};
