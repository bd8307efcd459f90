import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { publishedSchemas } from './published.ts';

it.each(Object.entries(publishedSchemas()))(
  'public/models/%s is what the code reads (npm run model:schemas)',
  (name, text) => {
    expect(readFileSync(new URL(`../../public/models/${name}`, import.meta.url), 'utf8')).toBe(text);
  },
);
