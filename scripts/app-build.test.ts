import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { appBuild } from './app-build.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'ktav-build-'));
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ version: '1.2.3' }));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));
const build = (commit?: string): string => appBuild(pathToFileURL(`${folder}/`), commit);

test('without git, and without a word, a build is its version', () => {
  expect(build('')).toBe('1.2.3');
});

test('without git it is of the commit that it is told', () => {
  expect(build('0123456789abcdef0123456789abcdef01234567')).toBe('1.2.3+0123456');
  expect(build('0123456')).toBe('1.2.3+0123456');
});

test.each(['main', 'v1.2.3', '012345', '0123456 ', '0123456"; x'])('%j is no commit, and no build', (commit) => {
  expect(() => build(commit)).toThrow(/no commit/);
});

test('with git, and without a word, it is of the commit that is checked out', () => {
  expect(appBuild(new URL('..', import.meta.url), '')).toMatch(/^\d+\.\d+\.\d+(\+[0-9a-f]{7,})?$/);
});
