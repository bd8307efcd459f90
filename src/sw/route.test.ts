import { describe, expect, test } from 'vitest';
import { foreignAssets, wayOf } from './route.ts';

const scope = 'https://example.org/ktav/';
const listed = (path: string): boolean => ['icon.svg', 'assets/index-aaaaaaaa.js'].includes(path);
const way = (path: string, mode = 'cors', method = 'GET') =>
  wayOf({ method, mode, url: path.startsWith('https:') ? path : scope + path }, scope, listed);

describe('the service worker', () => {
  test.each([
    ['', 'page'],
    ['index.html', 'page'],
    ['?lang=he', 'page'],
    ['?shared=yes#/upload', 'page'],
    ['models/', 'network'],
    ['robots.txt', 'network'],
  ])('opens "%s" as %s', (path, expected) => {
    expect(way(path, 'navigate')).toBe(expected);
  });

  test.each([
    ['assets/index-aaaaaaaa.js', 'shell'],
    // Of an older or newer build: an open tab asks for it.
    ['assets/AboutScreen-bbbbbbbb.js', 'shell'],
    ['icon.svg', 'shell'],
    ['assets/ort-wasm-simd-threaded-cccccccc.wasm', 'runtime'],
    ['config.json', 'config'],
    ['config.json?now', 'config'],
    ['sw.js', 'network'],
    ['models/catalog.json', 'network'],
    ['models/hebrew-letters/0.2.0/model.packed', 'network'],
    ['feedback/ktav/2026-01-01/aa.ndjson', 'network'],
  ])('answers %s as %s', (path, expected) => {
    expect(way(path)).toBe(expected);
  });

  test('leaves a query to the network, so that a worker can read its own', () => {
    expect(way('assets/worker-dddddddd.js?threads=1', 'same-origin')).toBe('network');
  });

  test.each([
    'https://models.example.org/catalog.json',
    'https://example.org/other/index.html',
    'https://example.org/ktav',
  ])('has no business with %s', (url) => {
    expect(way(url)).toBe('network');
    expect(way(url, 'navigate')).toBe('network');
  });

  test('takes a shared picture, and no other POST or PUT', () => {
    expect(way('share', 'navigate', 'POST')).toBe('share');
    expect(way('share', 'cors', 'POST')).toBe('network');
    expect(way('share', 'navigate')).toBe('network');
    expect(way('feedback/x', 'cors', 'PUT')).toBe('network');
    expect(way('', 'navigate', 'POST')).toBe('network');
  });
});

describe('a page that is of another build than the list', () => {
  const entries = [
    { url: 'index.html', revision: 'x' },
    { url: 'assets/index-aaaaaaaa.js', revision: null },
    { url: 'assets/index-bbbbbbbb.css', revision: null },
  ];
  test('is told by what it asks for', () => {
    const html = '<script src="./assets/index-aaaaaaaa.js"></script><link href="./assets/index-cccccccc.css">';
    expect(foreignAssets(html, entries)).toEqual(['assets/index-cccccccc.css']);
  });
  test('is none when all it asks for is listed', () => {
    const html = '<script src="./assets/index-aaaaaaaa.js"></script><link href="./assets/index-bbbbbbbb.css">';
    expect(foreignAssets(html, entries)).toEqual([]);
  });
});
