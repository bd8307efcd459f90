import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const root = new URL('..', import.meta.url);
const textOf = (path: string): string => readFileSync(new URL(path, root), 'utf8');

/** A path in backquotes: at least one folder, and the end of a file's name. */
const paths = /`((?:[\w.-]+\/)+[\w.-]+\.(?:ts|tsx|py|md|json|mjs|conf))`/g;

describe.each(['SECURITY.md', 'docs/security.md', 'docs/security-asvs.md'])('what %s gives as proof', (document) => {
  const named = [...new Set([...textOf(document).matchAll(paths)].map(([, path = '']) => path))];
  it('is there', () => {
    expect(named.length).toBeGreaterThan(2);
    expect(named.filter((path) => !existsSync(new URL(path, root)))).toEqual([]);
  });
});
