import type { CatalogVersion } from './catalog.ts';
import type { LoadedModel, LoadOptions, ModelNote } from './loaded.ts';
import type { Wanted } from './obtain.ts';

/** What one call of loadModel() carries along: the options, with a store that forgives, and the notes taken so far. */
export type LoadSession = LoadOptions & {
  readonly notes: ModelNote[];
  readonly note: (note: ModelNote) => void;
};

/** One version as the catalog or the history names it; url, bytes and sha256 are its manifest's. */
export type Chosen = Wanted & {
  readonly entry: CatalogVersion | null;
  readonly origin: LoadedModel['origin'];
};
