/**
 * The headers that the app is served with, wherever it is served: the one place that says so.
 * The preview server answers with these; the host files in this folder are compared with them.
 */

import { firstPaintHash } from '../scripts/first-paint-style.ts';

/** Content-Security-Policy by directive, in the order in which it is sent. */
const policy: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'none'"],
  // ONNX Runtime compiles WebAssembly; nothing here evaluates JavaScript.
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  // By its hash, and never by 'unsafe-inline': the one <style> of index.html.
  'style-src': ["'self'", `'${firstPaintHash}'`],
  'img-src': ["'self'", 'blob:', 'data:'],
  'font-src': ["'self'"],
  'connect-src': ["'self'"],
  'worker-src': ["'self'"],
  'media-src': ["'self'", 'blob:'],
  'manifest-src': ["'self'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
  // No text becomes a script, by whatever road; addresses of scripts come out of the policies in
  // src/inference/trusted-script.ts alone, and `default` passes the empty text (src/app/trusted-types-edge.ts).
  'require-trusted-types-for': ["'script'"],
  'trusted-types': ['default', 'ktav-engine', 'ktav-second-copy', 'ktav-service-worker'],
};

const refusedFeatures = [
  'accelerometer',
  'autoplay',
  'display-capture',
  'encrypted-media',
  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'microphone',
  'midi',
  'payment',
  'serial',
  'usb',
  'xr-spatial-tracking',
];

/**
 * What a document is sent with, or the script of a thread, and what may turn out to be one. COOP and COEP together
 * isolate the page, which WASM threads need.
 *
 * connect: other origins that the page may talk to, a bucket for feedback or a host for models. Each is an origin and
 * nothing more (`https://models.example.org`), and stands in connect-src; @throws on anything else, so that no typo
 * opens the policy.
 */
export function headersFor(connect: readonly string[]): Readonly<Record<string, string>> {
  for (const origin of connect) {
    if (!URL.canParse(origin) || new URL(origin).origin !== origin || !/^https?:/.test(origin))
      throw new Error(`"${origin}" is no origin such as https://models.example.org`);
  }
  const withThese: typeof policy = { ...policy, 'connect-src': [...(policy['connect-src'] ?? []), ...connect] };
  return {
    'Content-Security-Policy': Object.entries(withThese)
      .map(([directive, sources]) => [directive, ...sources].join(' '))
      .join('; '),
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Embedder-Policy': 'require-corp',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': ['camera=(self)', ...refusedFeatures.map((name) => `${name}=()`)].join(', '),
    'Referrer-Policy': 'no-referrer',
    // Browsers heed it over TLS alone. Not for subdomains: those are not ours to speak for.
    'Strict-Transport-Security': 'max-age=31536000',
    'X-Content-Type-Options': 'nosniff',
  };
}

/** With no other origin named. */
export const securityHeaders = headersFor([]);

/** Browsers heed these on documents and on the scripts of threads, and read past them on all else. */
export const ofDocuments: readonly string[] = [
  'Content-Security-Policy',
  'Cross-Origin-Opener-Policy',
  'Cross-Origin-Embedder-Policy',
  'Permissions-Policy',
  'Referrer-Policy',
];

/**
 * A regular expression, for nginx too, of the paths of parts: what becomes neither a document with scripts nor a thread,
 * but is read by one. A script that begins a thread is no part, since a thread takes its policy from its own script's
 * answer: sw.js, and `worker` in assets/. What is not known is no part either.
 */
export const parts = String.raw`(/assets/(?!([^/]*[-.])?worker-)[^/]+-[\w-]{8,}\.js|\.(css|json|map|md|onnx|packed|png|sig|wasm|webmanifest|woff2))$`;

const isPart = (path: string): boolean => new RegExp(parts).test(path);

/**
 * What one answer is sent with: on a thin line of HTTP/1.1 those of a document take 4 ms a file, 60 until the first
 * answer of the model. Whoever sends them all with everything does no harm, and where HTTP/2 packs heads loses nothing.
 */
export function headersOf(
  path: string,
  status: number,
  connect: readonly string[] = [],
): Readonly<Record<string, string>> {
  const all = headersFor(connect);
  if (!isSent(status) || !isPart(path)) return all;
  return Object.fromEntries(Object.entries(all).filter(([name]) => !ofDocuments.includes(name)));
}

/** The type of every kind of file that a build has, by extension. */
export const contentTypes: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  json: 'application/json; charset=utf-8',
  map: 'application/json; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  onnx: 'application/octet-stream',
  packed: 'application/octet-stream',
  png: 'image/png',
  sig: 'application/octet-stream',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json; charset=utf-8',
  woff2: 'font/woff2',
};

/** By the extension of the last part of a path; a path that ends in a slash is a page. */
export function contentTypeOf(path: string): string {
  const name = path.endsWith('/') ? 'index.html' : path;
  return contentTypes[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream';
}

const isSent = (status: number): boolean => status === 200 || status === 206 || status === 304;

const aYear = 'public, max-age=31536000, immutable';

/**
 * A file in assets/ has the hash of its content in its name and never changes. All else may change under
 * its name, so it is asked for again each time and answered 304. An asset that is missing now may be there in a
 * minute, while a build is being put on the server: only what was sent is kept. Works under any base path.
 */
export function cacheControl(path: string, status: number): string {
  return isSent(status) && /\/assets\/[^/]+-[\w-]{8,}\.\w+$/.test(path) ? aYear : 'no-cache';
}
