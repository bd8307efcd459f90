import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { firstComment } from './command-line.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  scripts: Record<string, string>;
};
/** The scripts of ours: all others are programs that answer for themselves. */
const ours = Object.entries(scripts).flatMap(([name, command]) => {
  const path = /^tsx (\S+)/.exec(command)?.[1];
  return path === undefined ? [] : [[name, path] as const];
});

const folder = mkdtempSync(join(tmpdir(), 'ktav-command-line-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs one as npm does. */
function run(path: string, ...args: readonly string[]): { status: number | null; out: string; err: string } {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs');
  const { status, stdout, stderr } = spawnSync(process.execPath, [tsx, join(root, path), ...args], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, out: stdout, err: stderr };
}

// Each starts Node anew, which takes seconds on a busy machine.
describe('a script of package.json', { timeout: 60_000 }, () => {
  it.each(ours)(
    '%s reads its arguments in the one way that answers --help, and its head says what it does',
    (_, path) => {
      const source = readFileSync(join(root, path), 'utf8');
      expect(source).toContain('readArguments(import.meta.url, {');
      expect(firstComment(source).length).toBeGreaterThan(40);
    },
  );

  it.each([
    ['training/sign.ts', '--days N'],
    ['training/verify.ts', 'npm run model:verify'],
  ])('%s --help says how it is called, does nothing, and ends well', (path, says) => {
    const { status, out, err } = run(path, '--help', '--models', folder);
    expect({ status, err }).toEqual({ status: 0, err: '' });
    expect(out).toContain(says);
    expect(out).not.toMatch(/^ ?\*/m);
    expect(existsSync(join(folder, 'catalog.json.sig'))).toBe(false);
  });

  it.each([
    ['training/sign.ts', ['--kez', 'mine.pem'], /Unknown option '--kez'\. --help/],
    ['training/sign.ts', ['--days'], /--days.*argument missing.*--help/],
    ['training/model-schemas.ts', ['surplus'], /Unexpected argument 'surplus'.*--help/],
    ['scripts/publish.ts', ['--host', 'pages', '--out', folder, '--dist', folder], /no build in .*npm run build/],
    ['scripts/engines.ts', ['--rounds', 'many'], /--rounds takes a whole number from 1 to 999, not "many"/],
    ['training/sign.ts', ['--models', 'nowhere', '--key', 'nowhere.pem'], /no key at .*nowhere\.pem.*--new-key/],
  ])('%s %j is told what is wrong in a line, without a stack', (path, args, says) => {
    const { status, out, err } = run(path, ...args);
    expect(status).toBeGreaterThan(0);
    expect(out).toBe('');
    expect(err.trim()).toMatch(says);
    expect(err.trim().split('\n')).toHaveLength(1);
  });
});
