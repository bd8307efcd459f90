import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { firstPaintHash, firstPaintStyle } from './first-paint-style.ts';
import { securityHeaders } from '../deploy/headers.ts';

const folder = new URL('../src/ui/', import.meta.url);
const screens = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.css'))
  .map((path) => readFileSync(new URL(path, folder), 'utf8'));

/** Every declaration as "selector { property: value }", one for each selector of a rule; not what a condition is on. */
function declarationsOf(css: string): readonly string[] {
  const plain = css
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/@(?:media|supports)[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{}:;,]) ?/g, '$1')
    .trim();
  return [...plain.matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(([, selectors = '', body = '']) =>
    selectors.split(',').flatMap((selector) =>
      body
        .split(';')
        .filter((declaration) => declaration !== '')
        .map((declaration) => `${selector} { ${declaration} }`),
    ),
  );
}

test('the first paint looks as the screens do that take its place', () => {
  const said = new Set(screens.flatMap(declarationsOf));
  const first = declarationsOf(firstPaintStyle);
  expect(first.length).toBeGreaterThan(80);
  expect(first.filter((one) => !one.includes('.first-paper') && !said.has(one))).toEqual([]);
});

test('nothing is lost where it is put into the page', () => {
  const source = readFileSync(new URL('../src/first-paint.css', import.meta.url), 'utf8');
  expect(declarationsOf(firstPaintStyle)).toEqual(declarationsOf(source));
  // It would end the element that it stands in.
  expect(firstPaintStyle).not.toContain('<');
});

test('the policy names it, and no other style in a page', () => {
  const policy = securityHeaders['Content-Security-Policy'] ?? '';
  expect(policy).toContain(`style-src 'self' '${firstPaintHash}';`);
  expect(policy).not.toContain('unsafe-inline');
});
