import { sharedOf } from './install-caches.ts';

/** Chromium alone has it: https://wicg.github.io/web-app-launch/ */
interface LaunchParams {
  readonly targetURL?: string;
  readonly files: readonly { getFile(): Promise<File> }[];
}
declare global {
  interface Window {
    readonly launchQueue?: { setConsumer(consumer: (launch: LaunchParams) => void): void };
  }
}

export type Arrivals = {
  /** Pictures that were opened with the app, or shared into it. */
  readonly onPictures: (files: readonly File[]) => void;
  /** A picture was shared and could not be kept until the page was there. */
  readonly onShareFailed: () => void;
};

/** What the system hands to the app: files, shared pictures, and shortcuts while it is already open. */
export function receiveLaunches(base: URL, { onPictures, onShareFailed }: Arrivals): void {
  window.launchQueue?.setConsumer(({ targetURL, files }) => {
    if (files.length > 0) {
      void Promise.all(files.map((file) => file.getFile())).then(onPictures, onShareFailed);
      return;
    }
    // The open page takes the launch over (launch_handler), so that what is being written stays.
    const hash = targetURL === undefined ? '' : new URL(targetURL).hash;
    if (hash !== '') location.hash = hash;
  });

  const address = new URL(location.href);
  const shared = address.searchParams.get('shared');
  if (shared === null) return;
  address.searchParams.delete('shared');
  history.replaceState(null, '', address);
  if (shared === 'yes') void takeShared(base).then(onPictures, onShareFailed);
  else onShareFailed();
}

/** What the service worker kept, in the order of sharing; it is kept no longer. */
async function takeShared(base: URL): Promise<readonly File[]> {
  const name = sharedOf(base.pathname);
  const cache = await caches.open(name);
  const files: File[] = [];
  for (const request of await cache.keys()) {
    const response = await cache.match(request);
    if (response === undefined) continue;
    const blob = await response.blob();
    files.push(new File([blob], decodeURIComponent(request.url.slice(request.url.lastIndexOf('/') + 1)), blob));
  }
  await caches.delete(name);
  return files;
}
