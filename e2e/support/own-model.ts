import type { BrowserContext } from '@playwright/test';
import { hashOf, packageFiles, spoilt, utf8 } from '#model/package.fixture';
import { signatureOf, testKey } from '#model/signed.fixture';

export type OwnLabel = {
  readonly name: string;
  readonly letter: string;
  readonly title: { readonly en: string; readonly he: string };
};

const key = testKey(7);

/**
 * Serves the fixture package instead of the site's model, with other labels: a stranger's model, whole with hashes and
 * goldens, signed with a key of the stranger's that config.json names. Its weights are random, so its calibration lets it name something for whatever is drawn.
 */
export async function serveOwnModel(
  context: BrowserContext,
  labels: readonly [OwnLabel, OwnLabel, OwnLabel],
): Promise<void> {
  const files = packageWith(labels);
  await context.route('**/config.json', (route) => route.fulfill({ json: { modelKeys: [key.publicKey] } }));
  await context.route('**/models/**', async (route) => {
    const path = new URL(route.request().url()).pathname.replace(/^.*\/models\//, '');
    const file = files[path];
    if (file === undefined) return route.fulfill({ status: 404 });
    const contentType = path.endsWith('.json') ? 'application/json' : 'application/octet-stream';
    await route.fulfill({ body: Buffer.from(file), contentType });
  });
}

function packageWith(labels: readonly [OwnLabel, OwnLabel, OwnLabel]): Record<string, Uint8Array> {
  const [first, second, third] = labels;
  const names: Readonly<Record<string, string>> = { vav: first.name, nun: second.name, 'final-nun': third.name };
  const read = (path: string, renamed = true) => {
    const text = new TextDecoder().decode(packageFiles[path]);
    return JSON.parse(renamed ? text.replace(/"(vav|nun|final-nun)"/g, (_, name) => `"${names[name]}"`) : text);
  };

  const goldens = utf8(read('fixture/1.0.0/goldens.json'));
  const manifest = spoilt(read('fixture/1.0.0/manifest.json'), 'labels', labels);
  spoilt(spoilt(manifest, 'goldens.bytes', goldens.length), 'goldens.sha256', hashOf(goldens));
  spoilt(spoilt(manifest, 'calibration.unsure.minProbability', 0), 'calibration.reject.minEnergy', -1e6);
  const catalog = spoilt(read('catalog.json', false), 'models.0.versions.0.manifestSha256', hashOf(utf8(manifest)));
  spoilt(catalog, 'models.0.versions.0.manifestBytes', utf8(manifest).length);
  return {
    ...packageFiles,
    'catalog.json': utf8(catalog),
    'catalog.json.sig': signatureOf(utf8(catalog), [key]),
    'fixture/1.0.0/manifest.json': utf8(manifest),
    'fixture/1.0.0/goldens.json': goldens,
  };
}
