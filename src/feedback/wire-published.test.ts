import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { publishedLineSchema } from './wire-published.ts';

test('docs/feedback-record.schema.json is what the code reads (npm run feedback:schema)', () => {
  const file = new URL('../../docs/feedback-record.schema.json', import.meta.url);
  expect(readFileSync(file, 'utf8')).toBe(publishedLineSchema());
});
