/**
 * Pure: the names under which the page and its service worker keep things. scope is the path of the folder that the
 * app is served from, "/" or "/ktav/": two apps on one origin do not touch each other's. Models: #model/cache.
 * The number in a name belongs to what is kept under it; 1: first release.
 */

/** One cache a build of the app: pages, scripts, styles, fonts. The name of the build follows. */
export const shellsOf = (scope: string): string => `ktav-shell-1 ${scope} `;

/** ONNX Runtime's .wasm files, by addresses with hashes: builds share what did not change. */
export const runtimeOf = (scope: string): string => `ktav-runtime-1 ${scope}`;

/** Pictures that were shared into the app and not fetched by a page yet. */
export const sharedOf = (scope: string): string => `ktav-shared-1 ${scope}`;

/** A Web Lock that every open page holds. script: the address of its main script, which names its build. */
export const pageLock = (script: string): string => `${PAGE_LOCK}${script}`;
const PAGE_LOCK = 'ktav-page ';

/** The scripts of the pages that are open, from the names of the locks that are held. */
export function openScripts(locks: readonly { readonly name?: string | undefined }[]): readonly string[] {
  return locks.flatMap(({ name }) => (name?.startsWith(PAGE_LOCK) === true ? [name.slice(PAGE_LOCK.length)] : []));
}

/** A Web Lock that every page holds on the version that reads for it, so that no other page removes it. */
export const modelLock = (scope: string, { model, version }: { readonly model: string; readonly version: string }) =>
  `ktav-model-in-use ${scope} ${model}@${version}`;

/** What the page says to the service worker: take the place of the older one now. */
export const TAKE_OVER = 'ktav:take-over';

/** Of the address that a shared picture arrives at; the service worker alone answers it. */
export const SHARE_PATH = 'share';
/** The field of the form that holds the pictures: share_target in the web manifest. */
export const SHARE_FIELD = 'pictures';
