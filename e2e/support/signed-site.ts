import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@playwright/test';
import type { Page } from '@playwright/test';
import { hashOf } from '#model/package.fixture';
import { signatureOf, testKey } from '#model/signed.fixture';
import { alef, predictionOf, write } from './hand.ts';
import { test as installed } from './installed.ts';
import { builtSite } from './own-site.ts';

type Version = {
  readonly version: string;
  readonly manifest: string;
  manifestBytes: number;
  manifestSha256: string;
  status: string;
  share: number;
};

/**
 * The build with the models that it brings, under a key of the tests: they may be published anew, signed or not, and
 * then be tampered with.
 */
export type SignedSite = {
  /** Versions of the served model that lie in the build: the last but one, and the last. */
  readonly older: string;
  readonly newer: string;
  /** Signs a catalog under which this version serves, and manifests as they lie there; a revision larger than the last. */
  publish(version: string, more?: { readonly revision?: number; readonly expires?: string }): void;
  /** A file below models/, as it lies there. */
  read(path: string): Buffer;
  /** In the place of a file below models/; null takes it away. */
  write(path: string, bytes: Uint8Array | null): void;
  /** Where the files of a version lie, below models/. */
  folderOf(version: string): string;
  configure(config: object): void;
};

const key = testKey(9);

export const test = installed.extend<{ models: SignedSite }>({
  models: [
    async ({ ownSite }, use) => {
      const folder = builtSite();
      ownSite.deploy(folder);
      await use(signedSite(folder));
      rmSync(folder, { recursive: true, force: true });
    },
    { auto: true },
  ],
});

function signedSite(folder: string): SignedSite {
  const at = (path: string): string => join(folder, 'models', path);
  const catalog = JSON.parse(readFileSync(at('catalog.json'), 'utf8'));
  const versions: readonly Version[] = catalog.models.find(({ id }: { id: string }) => id === catalog.serves).versions;
  const [older, newer] = versions.slice(-2);
  if (older === undefined || newer === undefined) throw new Error('the build brings one version only');
  let last = 9;

  const site: SignedSite = {
    older: older.version,
    newer: newer.version,
    publish(serving, { revision = last + 1, expires = '2100-01-01T00:00:00.000Z' } = {}) {
      last = Math.max(last, revision);
      for (const entry of versions) {
        entry.share = entry.version === serving ? 1 : 0;
        entry.status = entry.version === serving ? 'serving' : 'retired';
        const manifest = readFileSync(at(entry.manifest));
        entry.manifestBytes = manifest.length;
        entry.manifestSha256 = hashOf(manifest);
      }
      const bytes = new TextEncoder().encode(JSON.stringify(catalog));
      writeFileSync(at('catalog.json'), bytes);
      writeFileSync(at('catalog.json.sig'), signatureOf(bytes, [key], { revision, expires }));
    },
    read: (path) => readFileSync(at(path)),
    write: (path, bytes) => (bytes === null ? rmSync(at(path)) : writeFileSync(at(path), bytes)),
    folderOf(wanted) {
      const entry = versions.find(({ version }) => version === wanted);
      if (entry === undefined) throw new Error(`the build brings no version ${wanted}`);
      return entry.manifest.replace('manifest.json', '');
    },
    configure: (config) => writeFileSync(join(folder, 'config.json'), JSON.stringify({ schemaVersion: 1, ...config })),
  };
  site.configure({ modelKeys: [key.publicKey] });
  site.publish(older.version);
  return site;
}

/** What is written from now on is read by that version, with no other load of the page. */
export async function comesToRead(page: Page, version: string): Promise<void> {
  await expect(async () => {
    await write(page, alef);
    await expect(predictionOf(page)).toHaveAttribute('data-model', `hebrew-letters@${version}`, { timeout: 3000 });
  }).toPass({ timeout: 60_000 });
}

export { expect };
export { firstVisit, readAlef } from './installed.ts';
