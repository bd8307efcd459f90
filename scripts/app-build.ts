import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** Version and commit, `0.1.0+1a2b3c4`; the version alone where there is no git. */
export function appBuild(root: URL): string {
  const { version } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8')) as { version: string };
  try {
    const hash = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    return `${version}+${hash.trim()}`;
  } catch {
    // A source archive, a container without git or a repository without a commit: still a build.
    return version;
  }
}
