import { cacheControl, securityHeaders } from '../headers.ts';

/**
 * The text of _headers, as Netlify and Cloudflare Pages read it. Both add up the values of all rules that fit a path, so
 * Cache-Control stands in no rule for everything: what both send by themselves (max-age=0, must-revalidate) does as well.
 */
export function headersFile(): string {
  const lines = Object.entries(securityHeaders).map(([name, value]) => `  ${name}: ${value}`);
  return [
    '# Made from deploy/headers.ts: npx vitest run deploy -u',
    '/*',
    ...lines,
    '/assets/*',
    `  Cache-Control: ${cacheControl('/assets/index-12345678.js', 200)}`,
    '',
  ].join('\n');
}
