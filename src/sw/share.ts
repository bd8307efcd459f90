import { SHARE_FIELD, sharedOf } from '#app/install-caches';

/** No more than the upload screen takes in one selection. */
const MOST = 200;

/**
 * Takes pictures that another app shares, keeps them until the page fetches them, and sends the browser to the upload
 * screen. What fails here the page is told in its address, since no page is there yet that could show it.
 */
export async function takeShared(request: Request, scope: URL): Promise<Response> {
  let outcome = 'yes';
  try {
    const form = await request.formData();
    const files = form.getAll(SHARE_FIELD).filter((part) => part instanceof File);
    const name = sharedOf(scope.pathname);
    await caches.delete(name);
    const cache = await caches.open(name);
    for (const [index, file] of files.slice(0, MOST).entries()) {
      // The number goes first, so that files of one name do not meet and the order is that of the gallery.
      const key = new URL(`shared/${String(index).padStart(3, '0')}/${encodeURIComponent(file.name)}`, scope);
      await cache.put(key, new Response(file, { headers: { 'Content-Type': file.type } }));
    }
  } catch {
    outcome = 'failed';
  }
  return Response.redirect(new URL(`?shared=${outcome}#/upload`, scope), 303);
}
