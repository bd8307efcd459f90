import { cacheControl, headersFor } from '../headers.ts';

/**
 * firebase.json for Firebase Hosting, which serves the folder `site` beside it.
 *
 * Of two rules that say the same header for one path only one is heard, so the rules for Cache-Control are apart: what
 * lies at the top or in another folder, and what lies in assets/. Firebase's own hour would delay config.json by as long.
 * folders: those of the build that hold files whose names have no hash.
 */
export function firebaseFile(folders: readonly string[], connect: readonly string[] = []): string {
  const header = (key: string, value: string): object => ({ key, value });
  const kept = (source: string, path: string): object => ({
    source,
    headers: [header('Cache-Control', cacheControl(path, 200))],
  });
  return `${JSON.stringify(
    {
      hosting: {
        public: 'site',
        // A missing file is a 404: no rewrites.
        headers: [
          { source: '**', headers: Object.entries(headersFor(connect)).map(([key, value]) => header(key, value)) },
          // A star is a name: it does not stand for the page at the top.
          kept('/', '/'),
          kept('/*', '/index.html'),
          ...folders.map((folder) => kept(`/${folder}/**`, `/${folder}/index.html`)),
          kept('/assets/**', '/assets/index-12345678.js'),
        ],
      },
    },
    null,
    2,
  )}\n`;
}
