import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * The style of the first paint as it stands in the page, without comments and line breaks: a phone on a thin line would
 * wait one more trip for a file. A page may have no style but the one that its policy names.
 */
export const firstPaintStyle: string = compact(
  readFileSync(new URL('../src/first-paint.css', import.meta.url), 'utf8'),
);

/** What the policy calls it: `sha256-` and its hash in base64. */
export const firstPaintHash = `sha256-${createHash('sha256').update(firstPaintStyle).digest('base64')}`;

function compact(css: string): string {
  return css
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/ ?([{};,]) ?/g, '$1')
    .replaceAll(': ', ':')
    .replaceAll(';}', '}')
    .trim();
}
