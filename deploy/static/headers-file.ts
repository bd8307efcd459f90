import { cacheControl, headersFor } from '../headers.ts';

/**
 * The text of _headers, as Netlify and Cloudflare Pages read it. Both add up the values of all rules that fit a path, so
 * Cache-Control stands in no rule for everything: what both send by themselves (max-age=0, must-revalidate) does as well.
 * connect: other origins that the page may talk to, as headersFor() takes them.
 */
export function headersFile(connect: readonly string[] = []): string {
  const lines = Object.entries(headersFor(connect)).map(([name, value]) => `  ${name}: ${value}`);
  return [
    '# Made from deploy/headers.ts: npx vitest run deploy -u',
    '/*',
    ...lines,
    '/assets/*',
    `  Cache-Control: ${cacheControl('/assets/index-12345678.js', 200)}`,
    '',
  ].join('\n');
}
