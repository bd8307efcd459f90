import { loadModel } from './load.ts';
import type { LoadedModel, LoadOptions } from './loaded.ts';
import { hashOf, packageFiles, spoilt, utf8 } from './package.fixture.ts';
import type { Json } from './package.fixture.ts';
import { CATALOG_URL, StaticServer } from './server.fixture.ts';
import { memoryStore } from './store.ts';
import type { ModelStore } from './store.ts';

export const never = new AbortController().signal;
export const nothing = (): void => undefined;
const parse = (bytes: Uint8Array | undefined): Json => JSON.parse(new TextDecoder().decode(bytes)) as Json;

/** A server with the package's files and a device that has never been there. */
export class Visitor {
  readonly server = new StaticServer({ ...packageFiles });
  /** Persistent as far as the code can tell. */
  readonly store: ModelStore = { ...memoryStore(), persistent: true };

  options(more: Partial<LoadOptions> = {}): LoadOptions {
    const { store, server } = this;
    return {
      catalogUrl: CATALOG_URL,
      modelKeys: null,
      installId: '2f1c9e4e-6a56-4f0d-9a3a-0d3d7f1f4f10',
      appVersion: '0.1.0+test',
      store,
      fetch: server.fetch,
      ...more,
    };
  }

  load(more: Partial<LoadOptions> = {}): Promise<LoadedModel> {
    return loadModel(never, this.options(more), nothing);
  }

  /** Adds version 1.1.0 with its own weights' place, serving everybody; change spoils its manifest. */
  release(change: (manifest: Json) => Json = (manifest) => manifest): void {
    const manifest = utf8(
      change(
        spoilt(spoilt(parse(packageFiles['fixture/1.0.0/manifest.json']), 'version', '1.1.0'), 'licence', 'CC-BY-4.0'),
      ),
    );
    const catalog = parse(packageFiles['catalog.json']);
    const older = { ...catalog['models']?.['0']?.['versions']?.['0'], status: 'retired', share: 0 };
    const newer = {
      ...older,
      version: '1.1.0',
      manifest: 'fixture/1.1.0/manifest.json',
      manifestSha256: hashOf(manifest),
      manifestBytes: manifest.length,
      status: 'serving',
      share: 1,
    };
    this.server.files['catalog.json'] = utf8(spoilt(catalog, 'models.0.versions', [older, newer]));
    this.server.files['fixture/1.1.0/manifest.json'] = manifest;
    for (const file of ['goldens.json', 'int8.onnx', 'fp32.ktp'])
      this.server.files[`fixture/1.1.0/${file}`] = packageFiles[`fixture/1.0.0/${file}`] ?? new Uint8Array();
  }

  /** A visit in which version 1.0.0 passed its self-test on one file. */
  async goodVisit(): Promise<void> {
    const model = await this.load();
    await Promise.all([model.bytesOf(never, 'int8'), model.goldens(never)]);
    await model.passed();
    this.server.asked();
  }
}
