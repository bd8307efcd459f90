import { expect, test } from 'vitest';
import { headersFor, headersOf, ofDocuments, securityHeaders } from './headers.ts';

const bucket = 'https://models.example.org';

test.each([
  '/',
  '/ktav/',
  '/index.html',
  '/sw.js',
  '/ktav/sw.js',
  '/assets/worker-DKpLvIjb.js',
  '/ktav/assets/opfs-worker-BGkUOBnz.js',
  '/assets/photo.worker-BGkUOBnz.js',
  '/icon.svg',
  '/healthz',
  '/feedback/',
  '/models/page.xhtml',
  '/assets/',
  '/index-Dn6HVxWM.js',
  '/assets/plain.js',
])('%s may be a document or a thread, and is sent every header', (path) => {
  expect(headersOf(path, 200, [bucket])).toEqual(headersFor([bucket]));
});

const parts = [
  '/assets/index-Dn6HVxWM.js',
  '/ktav/assets/ort.wasm.bundle.min-Cvo_s67G.js',
  '/assets/page-DH7EOsrf.css',
  '/assets/gveret-levin-letters-lkAjOsOk.woff2',
  '/assets/ort-trimmed-C4nPp8EC.wasm',
  '/config.json',
  '/models/catalog.json.sig',
  '/models/hebrew-letters/1.0.0/model.packed',
  '/icons/icon-192.png',
  '/ktav.webmanifest',
];

test.each(parts)('%s is a part, and is sent what says something of parts', (path) => {
  for (const status of [200, 206, 304]) {
    expect(Object.keys(headersOf(path, status))).toEqual([
      'Cross-Origin-Resource-Policy',
      'Strict-Transport-Security',
      'X-Content-Type-Options',
    ]);
  }
});

test('a refusal is a page, whatever was asked for', () => {
  for (const path of parts)
    for (const status of [403, 404, 405]) expect(headersOf(path, status)).toEqual(securityHeaders);
});

test('what a part goes without is a header of those that are sent', () => {
  for (const name of ofDocuments) expect(Object.keys(securityHeaders)).toContain(name);
});
