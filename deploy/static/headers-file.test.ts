import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { securityHeaders } from '../headers.ts';
import { headersFile } from './headers-file.ts';

test('_headers says what deploy/headers.ts says; after a change there: npx vitest run deploy -u', async () => {
  await expect(headersFile()).toMatchFileSnapshot('_headers');
});

const lines = readFileSync(new URL('_headers', import.meta.url), 'utf8').split('\n');

test('every path has every header once, and only what has a hash in its name is kept', () => {
  const everywhere = lines.slice(lines.indexOf('/*') + 1, lines.indexOf('/assets/*'));
  const read = everywhere.map((line) => /^ {2}([\w-]+): (.*)$/.exec(line)?.slice(1));
  expect(read).toEqual(Object.entries(securityHeaders));
  expect(lines.filter((line) => line.includes('Cache-Control'))).toEqual([lines[lines.indexOf('/assets/*') + 1]]);
});

test('no line is longer than the 2000 characters that Cloudflare reads', () => {
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(2000);
});
