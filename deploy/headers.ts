/**
 * The headers that the app is served with, wherever it is served: the one place that says so.
 * The preview server answers with these; the host files in this folder are compared with them.
 */

/** Content-Security-Policy by directive, in the order in which it is sent. */
const policy: Readonly<Record<string, readonly string[]>> = {
  'default-src': ["'none'"],
  // ONNX Runtime compiles WebAssembly; nothing here evaluates JavaScript.
  'script-src': ["'self'", "'wasm-unsafe-eval'"],
  // An inline <style> that the component library cannot do without is named here by its hash
  // ('sha256-…'), never by 'unsafe-inline'. There is none so far.
  'style-src': ["'self'"],
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
  'trusted-types': ['default', 'ktav-engine', 'ktav-service-worker'],
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

/** Sent with every answer. COOP and COEP together isolate the page, which WASM threads need. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'Content-Security-Policy': Object.entries(policy)
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

/** Types that servers do not know by themselves, by extension. */
export const contentTypes: Readonly<Record<string, string>> = {
  onnx: 'application/octet-stream',
  packed: 'application/octet-stream',
  wasm: 'application/wasm',
  webmanifest: 'application/manifest+json',
};

const aYear = 'public, max-age=31536000, immutable';

/**
 * A file in assets/ has the hash of its content in its name and never changes. All else may change under
 * its name, so it is asked for again each time and answered 304. Works under any base path.
 */
export function cacheControl(path: string): string {
  return /\/assets\/[^/]+-[\w-]{8,}\.\w+$/.test(path) ? aYear : 'no-cache';
}
