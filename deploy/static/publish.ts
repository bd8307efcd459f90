import { cpSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { extname, join, relative } from 'node:path';
import { hosts } from './hosts.ts';
import type { HostName, StaticHost } from './hosts.ts';

export type PublishOptions = {
  /** The build, which stays as it is. */
  readonly dist: string;
  /** The folder to make; what was there goes. */
  readonly out: string;
  readonly host: HostName;
  /** Other origins that the page may talk to. */
  readonly connect?: readonly string[];
  /** A file to lie at config.json in place of the build's. */
  readonly config?: string | undefined;
};

/** Paths in the build that are not in what is published, because the host takes no file so large. */
export type LeftOut = { readonly path: string; readonly bytes: number };

/** Packed files go to nobody here: these hosts compress by themselves. */
const packed = new Set(['.br', '.gz']);

/** Makes the folder that a static host is given, out of a build. @throws where an origin is none, before anything is written. */
export function publish({ dist, out, host, connect = [], config }: PublishOptions): readonly LeftOut[] {
  const { site, largest, beside }: StaticHost = hosts[host];
  const folders = readdirSync(dist, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && entry.name !== 'assets')
    .map(({ name }) => name)
    .toSorted();
  const texts = beside(folders, connect);
  const leftOut: LeftOut[] = [];
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, site), { recursive: true });
  cpSync(dist, join(out, site), {
    recursive: true,
    filter: (path) => {
      if (packed.has(extname(path))) return false;
      const { size } = statSync(path);
      if (largest === null || size <= largest || statSync(path).isDirectory()) return true;
      leftOut.push({ path: relative(dist, path), bytes: size });
      return false;
    },
  });
  for (const [path, text] of Object.entries(texts)) writeFileSync(join(out, path), text);
  if (config !== undefined) cpSync(config, join(out, site, 'config.json'));
  return leftOut;
}
