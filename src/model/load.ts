import { throwIfAborted } from './abort.ts';
import type { Catalog, CatalogModel, CatalogVersion } from './catalog.ts';
import { ModelError } from './error.ts';
import { findCatalog } from './find-catalog.ts';
import { readHistory } from './history.ts';
import type { GoodVersion, History } from './history.ts';
import { jsonOf } from './json.ts';
import { fileKey } from './keys.ts';
import type { LoadedModel, LoadOptions, ModelNote, OnProgress } from './loaded.ts';
import { readManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { obtain } from './obtain.ts';
import type { Wanted } from './obtain.ts';
import { openPackage } from './package.ts';
import { armOf } from './routing.ts';
import type { LoadSession } from './session.ts';
import { tolerant } from './tolerant.ts';
import { catalogOfLastVisit, isOver } from './trusted-catalog.ts';

/**
 * The model version that this device should use: catalog → arm → manifest. No model file is fetched yet.
 * Where the arm cannot be had (offline and not cached, refused, failed here before) the last good version serves
 * instead, and notes() says why; the error is thrown only where there is none:
 * 'aborted', 'offline', 'catalog-invalid', 'catalog-untrusted', 'manifest-invalid', 'app-too-old', 'file-missing', 'hash-mismatch'.
 */
export async function loadModel(
  signal: AbortSignal,
  options: LoadOptions,
  onProgress: OnProgress,
): Promise<LoadedModel> {
  const session = sessionOf(options);
  const history = await readHistory(session.store);
  try {
    const catalog = await findCatalog(signal, options, session.store, session.note);
    const model = servingModel(catalog);
    const chosen = choose(model, options, history);
    const place = { model: model.id, version: chosen.entry.version, ...placeOf(chosen.entry, options) };
    return openPackage(session, await manifestOf(signal, place, session), { ...chosen, ...place }, onProgress);
  } catch (error) {
    throwIfAborted(signal);
    // Who asks for one version by name, to compare it, must not be shown another.
    if (typeof options.pin === 'string') throw error;
    const good = error instanceof ModelError ? await firstGood(signal, session, history, null, onProgress) : null;
    if (!(error instanceof ModelError) || good === null) throw error;
    session.note({ code: error.code, message: `Version ${good.version}, the last good one, serves: ${error.message}` });
    return good;
  }
}

/**
 * The version that the catalog of the last visit names for this device, found without asking anybody; the server's word
 * is for loadModel() to fetch, once there is an answer. Null where nothing can be told from what was kept: no catalog,
 * one past its date or signed by a key that counts no more, no manifest, a version that failed here.
 */
export async function loadKept(
  signal: AbortSignal,
  options: LoadOptions,
  onProgress: OnProgress,
): Promise<LoadedModel | null> {
  if (!options.store.persistent) return null;
  const { now = Date.now } = options;
  const session = sessionOf(options);
  try {
    const [held, history] = await Promise.all([catalogOfLastVisit(session.store, options), readHistory(session.store)]);
    if (held === null || isOver(held, now())) return null;
    const model = servingModel(held.catalog);
    const chosen = choose(model, options, history);
    const place = { model: model.id, version: chosen.entry.version, ...placeOf(chosen.entry, options) };
    const key = fileKey(place.sha256);
    if (!(await session.store.keys(key)).includes(key)) return null;
    return openPackage(session, await manifestOf(signal, place, session), { ...chosen, ...place }, onProgress);
  } catch (error) {
    throwIfAborted(signal);
    if (error instanceof ModelError) return null;
    throw error;
  }
}

/**
 * The last version that passed its self-test here, other than `instead`; null where there is none. For an engine whose
 * loadModel() succeeded, but whose files did not come yet, or never will, or whose backends all failed.
 */
export async function loadLastGood(
  signal: AbortSignal,
  options: LoadOptions,
  onProgress: OnProgress,
  instead: LoadedModel | null,
): Promise<LoadedModel | null> {
  const session = sessionOf(options);
  return firstGood(signal, session, await readHistory(session.store), instead, onProgress);
}

function sessionOf(options: LoadOptions): LoadSession {
  const notes: ModelNote[] = [];
  const note = (note: ModelNote): void => {
    notes.push(note);
    options.onNote?.(note);
  };
  return { ...options, store: tolerant(options.store, note), notes, note };
}

function servingModel({ models, serves }: Catalog): CatalogModel {
  const model = models.find(({ id }) => id === serves);
  if (model === undefined) throw new ModelError('catalog-invalid', 'catalog.serves', 'names no model');
  return model;
}

function choose(
  model: CatalogModel,
  { pin = null, installId, appVersion }: LoadOptions,
  { failed, good }: History,
): { entry: CatalogVersion; origin: 'routed' | 'pinned' } {
  if (pin !== null) {
    const entry = model.versions.find(({ version }) => version === pin);
    if (entry === undefined) throw new ModelError('catalog-invalid', 'catalog', `has no version ${pin}`);
    return { entry, origin: 'pinned' };
  }
  const entry = armOf(model, installId);
  const failedHere = failed.some(
    ({ manifestSha256, appVersion: app }) => manifestSha256 === entry.manifestSha256 && app === appVersion,
  );
  // With nothing else to offer it is tried again: its self-test stands between it and the person in any case.
  if (failedHere && good.some(({ model: id }) => id === model.id)) {
    throw new ModelError('self-test-failed', 'catalog', `version ${entry.version} failed its self-test on this device`);
  }
  return { entry, origin: 'routed' };
}

function placeOf(entry: CatalogVersion, { catalogUrl }: LoadOptions) {
  return { url: new URL(entry.manifest, catalogUrl).href, bytes: entry.manifestBytes, sha256: entry.manifestSha256 };
}

async function manifestOf(
  signal: AbortSignal,
  place: Wanted & { readonly model: string; readonly version: string },
  session: LoadSession,
): Promise<Manifest> {
  const bytes = await obtain(signal, place, session, () => undefined);
  const manifest = readManifest(jsonOf(bytes, 'manifest-invalid', place.url), session.appVersion);
  if (manifest.id !== place.model || manifest.version !== place.version) {
    const message = `is ${manifest.id} ${manifest.version}, and ${place.model} ${place.version} was to be there`;
    throw new ModelError('manifest-invalid', place.url, message);
  }
  return manifest;
}

async function firstGood(
  signal: AbortSignal,
  session: LoadSession,
  history: History,
  instead: LoadedModel | null,
  onProgress: OnProgress,
): Promise<LoadedModel | null> {
  const fits = ({ model, version }: GoodVersion): boolean =>
    instead === null || (model === instead.manifest.id && version !== instead.version);
  for (const { model, version, manifestUrl, manifestBytes, manifestSha256 } of history.good.filter(fits)) {
    const place = { model, version, url: manifestUrl, bytes: manifestBytes, sha256: manifestSha256 };
    try {
      const manifest = await manifestOf(signal, place, session);
      return openPackage(session, manifest, { entry: null, origin: 'last-good', ...place }, onProgress);
    } catch (error) {
      throwIfAborted(signal);
      if (!(error instanceof ModelError)) throw error;
      session.note({ code: error.code, message: `An older good version could not be opened: ${error.message}` });
    }
  }
  return null;
}
