import type { CatalogVersion } from './catalog.ts';
import type { Fetch } from './download.ts';
import type { ModelErrorCode } from './error.ts';
import type { Goldens } from './goldens.ts';
import type { Manifest } from './manifest.ts';
import type { ModelStore } from './store.ts';

/** What loadModel() needs to know and to reach. */
export type LoadOptions = {
  /** Absolute URL of catalog.json; everything else is found relative to it. */
  readonly catalogUrl: string;
  /** The random UUID that this device made for itself once; decides the arm. */
  readonly installId: string;
  /** Version of the app, "0.1.0+1a2b3c4" or without the commit. */
  readonly appVersion: string;
  /** openModelStore() in a browser, memoryStore() in a test. */
  readonly store: ModelStore;
  /** The browser's, wrapped so that it keeps its `this`: (url, init) => fetch(url, init). */
  readonly fetch: Fetch;
  /** Ed25519 public keys in hex: one of them must have signed the catalog. Null: unsigned ones are taken, in development. */
  readonly modelKeys: readonly string[] | null;
  /** Milliseconds since 1970; the device's clock. */
  readonly now?: () => number;
  /** A version to use whatever the catalog's shares say; null for the arm. Null is the rule. */
  readonly pin?: string | null;
  /** Somebody answers already: the server's catalog is waited for, however slow it is. */
  readonly unhurried?: boolean;
  /** Hears each note as it is taken, also those that come after loadModel() is over. */
  readonly onNote?: (note: ModelNote) => void;
};

/** Bytes of one file so far. Adding up the last report of each file gives the whole download. */
export type FileProgress = {
  /** Name of the file in the manifest, or "goldens". */
  readonly file: string;
  readonly loadedBytes: number;
  /** From the manifest: a Content-Length counts encoded bytes. */
  readonly totalBytes: number;
  readonly from: 'cache' | 'network';
};
export type OnProgress = (progress: FileProgress) => void;

/** Something went wrong and something else served instead. */
export type ModelNote = {
  readonly code: ModelErrorCode | 'cache-unavailable' | 'catalog-expired';
  readonly message: string;
};

/** A model version whose manifest was read; its files come when they are asked for. */
export interface LoadedModel {
  readonly manifest: Manifest;
  readonly version: string;
  /** The catalog's line for it; null for a last good version that the catalog no longer lists. */
  readonly entry: CatalogVersion | null;
  /** routed: the arm of this device. pinned: asked for. last-good: the arm could not be had, notes say why. */
  readonly origin: 'routed' | 'pinned' | 'last-good';
  /** What was put up with so far, oldest first; grows while files load (a full disk shows only then). */
  readonly notes: () => readonly ModelNote[];
  /**
   * The ONNX bytes of one file of the manifest, from the cache or the network, with the SHA-256 checked either way;
   * a packed file comes expanded, and checked again. The copy is the caller's own: change it, transfer it.
   * Callers at the same time share one download, which ends when the last of them aborts.
   * Errors: 'aborted', 'offline', 'file-missing', 'hash-mismatch', 'manifest-invalid' (no such file; not ONNX),
   * 'model-unsafe'.
   */
  bytesOf(signal: AbortSignal, fileName: string): Promise<Uint8Array<ArrayBuffer>>;
  /** Whether bytesOf() would need no network: a later visit may then leave out what only hurries a first one. */
  isCached(fileName: string): Promise<boolean>;
  /** The known answers of this version. Errors as for bytesOf(). */
  goldens(signal: AbortSignal): Promise<Goldens>;
  /** Say so once a backend passed its self-test: from now on this version is the last good one, and older files may go. */
  passed(): Promise<void>;
  /** Say so when no backend passed: loadModel() will not choose this version again on this device with this app. */
  failed(): Promise<void>;
}
