import { firebaseFile } from './firebase-file.ts';
import { headersFile } from './headers-file.ts';

/** What a static host takes, and what lies beside the build there. */
export type StaticHost = {
  /** Where the build lies in the folder that is published; '' is the top. */
  readonly site: string;
  /** Bytes of one file at most; null where there is no such limit. */
  readonly largest: number | null;
  /** Texts that are laid beside, by path. folders: those at the top of the build, but assets/. */
  readonly beside: (folders: readonly string[], connect: readonly string[]) => Readonly<Record<string, string>>;
};

const underscored = (_: readonly string[], connect: readonly string[]) => ({ _headers: headersFile(connect) });

export const hosts = {
  // https://developers.cloudflare.com/pages/platform/limits/ : "The maximum file size for a single asset is 25 MiB."
  cloudflare: { site: '', largest: 25 * 1024 * 1024, beside: underscored },
  netlify: { site: '', largest: null, beside: underscored },
  // Without .nojekyll a branch that is published loses files whose names begin with an underscore.
  pages: { site: '', largest: null, beside: () => ({ '.nojekyll': '' }) },
  firebase: {
    site: 'site',
    largest: null,
    beside: (folders, connect) => ({ 'firebase.json': firebaseFile(folders, connect) }),
  },
} satisfies Readonly<Record<string, StaticHost>>;

export type HostName = keyof typeof hosts;

export const isHost = (name: string): name is HostName => Object.hasOwn(hosts, name);
