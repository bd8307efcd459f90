import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const oxlint = join(root, 'node_modules/.bin/oxlint');

interface Report {
  readonly diagnostics: readonly { readonly code: string; readonly filename: string }[];
}

/** A house with the real rules in which files are planted, to see what the linter says of each. */
export interface Planted {
  /** The rules that the file breaks, as oxlint names them, such as `eslint(no-empty)`. */
  broken(file: string): readonly string[];
}

/** Lints `files` (path → text) in a folder of their own under the project's configuration. */
export function plant(files: Readonly<Record<string, string>>): Planted {
  const house = mkdtempSync(join(tmpdir(), 'ktav-lint-'));
  try {
    for (const name of ['oxlint.config.mjs', 'package.json', 'tsconfig.base.json']) {
      copyFileSync(join(root, name), join(house, name));
    }
    for (const [file, text] of Object.entries(files)) {
      mkdirSync(dirname(join(house, file)), { recursive: true });
      writeFileSync(join(house, file), text);
    }
    const run = spawnSync(oxlint, ['-c', 'oxlint.config.mjs', '-f', 'json', 'src'], { cwd: house, encoding: 'utf8' });
    if (!run.stdout.trimStart().startsWith('{')) throw new Error(`oxlint did not run: ${run.stdout}${run.stderr}`);
    const { diagnostics } = JSON.parse(run.stdout) as Report;
    return {
      broken: (file) => diagnostics.filter(({ filename }) => filename === file).map(({ code }) => code),
    };
  } finally {
    rmSync(house, { recursive: true, force: true });
  }
}
