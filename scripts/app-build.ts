import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * Version and commit, `0.1.0+1a2b3c4`; the version alone where nobody knows the commit.
 * commit: for who builds without git's folder, as an image is built; all of it or its beginning. @throws where it is none.
 */
export function appBuild(root: URL, commit: string = process.env['KTAV_COMMIT'] ?? ''): string {
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string };
  if (commit !== '' && !/^[0-9a-f]{7,40}$/.test(commit))
    throw new Error(`KTAV_COMMIT is "${commit}", which is no commit`);
  const hash = commit === '' ? commitOf(root) : commit.slice(0, 7);
  return hash === null ? version : `${version}+${hash}`;
}

/** null in a source archive, in a repository without a commit, and where there is no git. */
function commitOf(root: URL): string | null {
  try {
    const hash = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return hash.trim();
  } catch {
    return null;
  }
}
