import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { keptPage } from './kept-page.ts';

const page = readFileSync(new URL('../../index.html', import.meta.url), 'utf8');
const links = (html: string): readonly string[] => html.match(/<link\b[^>]*>/g) ?? [];

test('the page that is kept asks for everything but the configuration, and is else the same', async () => {
  const kept = await keptPage(page, new Headers()).text();
  const gone = links(page).filter((link) => !links(kept).includes(link));
  expect(gone).toEqual([expect.stringContaining('/config.json')]);
  expect(kept.length).toBeGreaterThan(page.length - 100);
  expect(await keptPage(kept, new Headers()).text()).toBe(kept);
});

test('the page that is kept asks at once for what a first visit leaves until after its first paint', async () => {
  const later = '<link rel="ktav-preload-when-kept" crossorigin href="./assets/react-1.js" fetchpriority="low">';
  const kept = await keptPage(page.replace('</head>', `${later}</head>`), new Headers()).text();
  expect(links(kept)).toContain(later.replace('ktav-preload-when-kept', 'modulepreload'));
});

test('its policy stays, and what was said of the bytes on the wire goes', () => {
  const headers = new Headers({
    'Content-Security-Policy': "default-src 'none'",
    'Content-Encoding': 'br',
    'Content-Length': '512',
    'Content-Type': 'text/html; charset=utf-8',
  });
  expect([...keptPage(page, headers).headers.keys()]).toEqual(['content-security-policy', 'content-type']);
});
