import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { plantedRuntime } from '../../scripts/trim-runtime/planted.fixture.ts';
import { manifestsOf, modelForAll } from '../../scripts/trim-runtime/served-models.ts';
import { builtSite, openOwnSite } from '../support/own-site.ts';
import type { OwnSite } from '../support/own-site.ts';
import { picture } from '../support/pictures.ts';
import { answering } from './about-screen.ts';
import { engines } from './engines.ts';
import { sees, until } from './looking.ts';
import type { Visitor } from './visitor.ts';

const minutes = 60_000;
const root = fileURLToPath(new URL('../..', import.meta.url));
const models = join(root, 'public/models');
const manifests = manifestsOf(models).map((path) => relative(join(root, 'public'), path));
const served = manifests.filter((path) =>
  readFileSync(join(root, 'public', path), 'utf8').includes(modelForAll(models) ?? '-'),
);
/** Each model with the runtimes that were made small for it. */
const pairs = [...manifests.map((path) => [path, 'trimmed']), ...served.map((path) => [path, 'opened'])];
/** As many letters at once as scripts/trim-runtime/inputs.ts asks for; the app itself asks for one. */
const sizes = [1, 2, 3, 7, 16, 64, 256].map(String);

const folders: string[] = [];
const sites: OwnSite[] = [];
let harness: OwnSite;
const planted = new Map<string, OwnSite>();
/** What the first engine's trimmed runtime gave, by model. */
const digests = new Map<string, unknown>();

async function serve(folder: string): Promise<OwnSite> {
  const site = await openOwnSite(folder);
  folders.push(folder);
  sites.push(site);
  return site;
}

/** The app, with a runtime in place of the trimmed one that lacks what the models need. */
async function serveWithout(goes: 'starting' | 'opening'): Promise<OwnSite> {
  const folder = builtSite();
  const [file] = readdirSync(join(folder, 'assets')).filter((name) => /^ort-trimmed-.*\.wasm$/.test(name));
  if (file === undefined) throw new Error('this build has no trimmed runtime');
  writeFileSync(join(folder, 'assets', file), await plantedRuntime(join(folder, 'models'), goes));
  return serve(folder);
}

beforeAll(async () => {
  const outDir = mkdtempSync(join(tmpdir(), 'ktav-runtimes-'));
  const input = join(root, 'e2e/harness/runtimes.html');
  await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true, rolldownOptions: { input } } });
  harness = await serve(outDir);
  for (const goes of ['starting', 'opening'] as const) planted.set(goes, await serveWithout(goes));
}, 10 * minutes);
afterAll(async () => {
  for (const site of sites) await site.stop();
  for (const folder of folders) rmSync(folder, { recursive: true });
});

describe.each(engines)('$name', { timeout: 4 * minutes }, ({ open }) => {
  let visitor: Visitor;
  beforeAll(async () => {
    visitor = await open();
  }, 15 * minutes);
  afterAll(() => visitor?.close());

  test('a model is served to everybody, and is open in a runtime', () => expect(served).toHaveLength(1));

  test.each(pairs)(
    '%s: the %s runtime gives, bit by bit, what the full one gives',
    async (manifest = '', name = '') => {
      await visitor.open(`${harness.url}e2e/harness/runtimes.html?manifest=${manifest}&small=${name}`);
      const outcome = await until(
        'both runtimes are through',
        () => visitor.run(() => window.runtimes ?? null, null),
        (seen) => seen !== null,
        3 * minutes,
      );
      if (outcome === null || 'error' in outcome) throw new Error(outcome?.error ?? 'nothing came of it');
      const { small, full, goldens } = outcome;
      expect(goldens).toBeGreaterThan(0);
      expect(Object.keys(small.digests)).toEqual(sizes);
      // In reports both small ones are trimmed; a third runtime, after a trap, could not be started here.
      expect(small).toEqual({ digests: full.digests, endedOn: 'trimmed' });
      expect(full.endedOn).toBe('full');
      if (!digests.has(manifest)) digests.set(manifest, full.digests);
      expect(small.digests, 'as in the first browser').toEqual(digests.get(manifest));
    },
  );

  test.each(['starting', 'opening'])('an operator is missing past %s: the full one reads', async (goes) => {
    const site = planted.get(goes);
    if (site === undefined) throw new Error('it is served');
    const about = `${site.url}?lang=en&backend=wasm#/about`;
    const full = { name: 'WebAssembly', error: '0', runtime: 'full' };
    await visitor.open(about);
    expect(await answering(visitor)).toEqual(full);
    await visitor.choose('upload', [picture('alef.png')]);
    expect(await sees(visitor, 'prediction', { state: 'ready' })).toMatchObject({ label: 'alef', backend: 'wasm' });

    // The device remembers: the one that trapped is not asked for again.
    const before = site.asked.length;
    await visitor.open(about);
    await visitor.reload();
    expect(await answering(visitor)).toEqual(full);
    expect(site.asked.slice(before).filter((path) => path.includes('ort-trimmed'))).toEqual([]);
  });
});
