import * as z from 'zod/mini';
import { throwIfAborted } from './abort.ts';
import { readCatalog } from './catalog.ts';
import type { Catalog } from './catalog.ts';
import { fetchDocument } from './download.ts';
import type { Fetch, Source } from './download.ts';
import { ModelError } from './error.ts';
import { jsonOf } from './json.ts';
import { CATALOG_KEY } from './keys.ts';
import { SchemaVersion } from './schema.ts';
import { signatureUrl } from './signature.ts';
import type { ModelStore } from './store.ts';
import { refuseOlder, rememberSeen } from './trust-memory.ts';
import { standingOf, untrusted } from './trust.ts';
import type { Standing } from './trust.ts';

/** A catalog and what was signed about it; null where unsigned ones are let in. */
export type HeldCatalog = { readonly catalog: Catalog; readonly standing: Standing | null };

/** Past its date; now: milliseconds since 1970. Unsigned ones have none. */
export const isOver = ({ standing }: HeldCatalog, now: number): boolean => standing !== null && standing.expires < now;

/** Where a catalog comes from, and whose word counts; null: nobody's is asked for, in development. */
export type CatalogSource = {
  readonly catalogUrl: string;
  readonly fetch: Fetch;
  readonly modelKeys: readonly string[] | null;
};

type Pair = { readonly catalog: Uint8Array<ArrayBuffer>; readonly signature: Uint8Array<ArrayBuffer> | null };

const MAX_BYTES = 1024 * 1024;
const MAX_SIGNATURE_BYTES = 16 * 1024;

/** Texts, not bytes in base64: both are UTF-8, or were never let in. schemaVersion 1: signed catalogs. */
const Kept = z.strictObject({ schemaVersion: SchemaVersion, catalog: z.string(), signature: z.nullable(z.string()) });

/**
 * The server's catalog, checked. Where the two files do not fit together they are fetched once more past every cache:
 * they may be of two deployments. Errors: 'aborted', 'offline', 'file-missing', 'catalog-invalid', 'catalog-untrusted'.
 */
export async function catalogOfServer(
  signal: AbortSignal,
  source: CatalogSource,
  store: ModelStore,
): Promise<HeldCatalog & { readonly keep: () => Promise<void> }> {
  const first = await fetchPair(signal, source, 'no-cache');
  try {
    return await held(first);
  } catch (error) {
    throwIfAborted(signal);
    if (!(error instanceof ModelError) || error.code !== 'catalog-untrusted') throw error;
    return held(await fetchPair(signal, source, 'reload'));
  }

  async function held(pair: Pair) {
    const checked = await check(pair, source.modelKeys, source.catalogUrl);
    if (checked.standing !== null) {
      await refuseOlder(store, checked.standing, source.modelKeys ?? [], source.catalogUrl);
    }
    return { ...checked, keep: () => keep(store, pair, checked.standing) };
  }
}

/** The catalog of the last visit, checked again: a key may have been dropped since. Null where none counts. */
export async function catalogOfLastVisit(
  store: ModelStore,
  { modelKeys }: Pick<CatalogSource, 'modelKeys'>,
): Promise<HeldCatalog | null> {
  const bytes = await store.read(CATALOG_KEY);
  if (bytes === null) return null;
  try {
    const kept = z.safeParse(Kept, jsonOf(bytes, 'catalog-invalid', CATALOG_KEY));
    if (!kept.success) return null;
    const { catalog, signature } = kept.data;
    return await check(
      { catalog: utf8(catalog), signature: signature === null ? null : utf8(signature) },
      modelKeys,
      CATALOG_KEY,
    );
  } catch (error) {
    // Written by another version of the app, or signed by a key that counts no more: the server's takes its place.
    if (error instanceof ModelError) return null;
    throw error;
  }
}

async function fetchPair(
  signal: AbortSignal,
  { catalogUrl, fetch, modelKeys }: CatalogSource,
  cache: Source['cache'],
): Promise<Pair> {
  if (modelKeys === null) {
    return { catalog: await fetchDocument(signal, { fetch, url: catalogUrl, cache }, MAX_BYTES), signature: null };
  }
  const url = signatureUrl(catalogUrl);
  const signature = fetchDocument(signal, { fetch, url, cache }, MAX_SIGNATURE_BYTES);
  // It may fail while the catalog is still on its way; what is wrong with the catalog is the better word.
  signature.catch(() => undefined);
  const catalog = await fetchDocument(signal, { fetch, url: catalogUrl, cache }, MAX_BYTES);
  return { catalog, signature: await signature.catch((error: unknown) => Promise.reject(unsigned(error, url))) };
}

function unsigned(error: unknown, url: string): unknown {
  const missing = error instanceof ModelError && (error.code === 'file-missing' || error.code === 'hash-mismatch');
  return missing
    ? untrusted(url, 'there is no signature here, and this site takes signed catalogs alone', { cause: error })
    : error;
}

async function check(
  { catalog, signature }: Pair,
  modelKeys: readonly string[] | null,
  where: string,
): Promise<HeldCatalog> {
  const read = (): Catalog => readCatalog(jsonOf(catalog, 'catalog-invalid', where));
  if (modelKeys === null) return { catalog: read(), standing: null };
  if (signature === null) throw untrusted(where, 'is not signed');
  const standing = await standingOf(catalog, signature, modelKeys, where);
  return { catalog: read(), standing };
}

async function keep(store: ModelStore, { catalog, signature }: Pair, standing: Standing | null): Promise<void> {
  // First, so that a page that is closed in between has forgotten nothing that it saw.
  if (standing !== null) await rememberSeen(store, standing);
  const kept: z.infer<typeof Kept> = {
    schemaVersion: 1,
    catalog: text(catalog),
    signature: signature === null ? null : text(signature),
  };
  await store.write(CATALOG_KEY, utf8(JSON.stringify(kept)));
}

const utf8 = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text);
/** With its byte order mark, if it has one: the hash is over all bytes. */
const text = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
