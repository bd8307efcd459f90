import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ModelError } from './error.ts';
import { loadLastGood, loadModel } from './load.ts';
import type { FileProgress, LoadOptions } from './loaded.ts';
import { modelOf, node } from './onnx.fixture.ts';
import { hashOf, packageFiles, spoilt, utf8 } from './package.fixture.ts';
import type { Json } from './package.fixture.ts';
import { CATALOG_URL, StaticServer } from './server.fixture.ts';
import { memoryStore } from './store.ts';
import type { ModelStore } from './store.ts';

const never = new AbortController().signal;
const nothing = (): void => undefined;
const parse = (bytes: Uint8Array | undefined): Json => JSON.parse(new TextDecoder().decode(bytes)) as Json;

let server: StaticServer;
/** Persistent as far as the code can tell. */
let store: ModelStore;
const options = (more: Partial<LoadOptions> = {}): LoadOptions => ({
  catalogUrl: CATALOG_URL,
  modelKeys: null,
  installId: '2f1c9e4e-6a56-4f0d-9a3a-0d3d7f1f4f10',
  appVersion: '0.1.0+test',
  store,
  fetch: server.fetch,
  ...more,
});
const load = (more: Partial<LoadOptions> = {}) => loadModel(never, options(more), nothing);

/** Adds version 1.1.0 with its own weights' place, serving everybody; change spoils its manifest. */
function release(change: (manifest: Json) => Json = (manifest) => manifest): void {
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
  server.files['catalog.json'] = utf8(spoilt(catalog, 'models.0.versions', [older, newer]));
  server.files['fixture/1.1.0/manifest.json'] = manifest;
  for (const file of ['goldens.json', 'int8.onnx', 'fp32.ktp'])
    server.files[`fixture/1.1.0/${file}`] = packageFiles[`fixture/1.0.0/${file}`] ?? new Uint8Array();
}

/** A visit in which version 1.0.0 passed its self-test on one file. */
async function goodVisit(): Promise<void> {
  const model = await load();
  await Promise.all([model.bytesOf(never, 'int8'), model.goldens(never)]);
  await model.passed();
  server.asked();
}

beforeEach(() => {
  server = new StaticServer({ ...packageFiles });
  store = { ...memoryStore(), persistent: true };
});

describe('a first visit', () => {
  it('fetches the files that are asked for and no others', async () => {
    const seen: FileProgress[] = [];
    const model = await loadModel(never, options(), (progress) => seen.push(progress));
    expect(server.asked()).toEqual(['catalog.json', 'fixture/1.0.0/manifest.json']);
    const int8 = await model.bytesOf(never, 'int8');
    expect(int8).toEqual(packageFiles['fixture/1.0.0/int8.onnx']);
    expect(server.asked()).toEqual(['fixture/1.0.0/int8.onnx']);
    expect(seen.at(-1)).toEqual({ file: 'int8', loadedBytes: int8.length, totalBytes: int8.length, from: 'network' });
    expect(model).toMatchObject({ version: '1.0.0', origin: 'routed', entry: { share: 1 } });
    expect(model.notes()).toEqual([]);
  });

  it('gets a packed file expanded to the ONNX file of the manifest', async () => {
    const model = await load();
    const file = model.manifest.files.find(({ role }) => role === 'packed');
    const bytes = await model.bytesOf(never, 'fp32-packed');
    expect(file?.role === 'packed' && file.expanded.sha256).toBe(hashOf(bytes));
  });

  it('shares one download between two who ask, and gives each a copy of its own', async () => {
    const model = await load();
    server.asked();
    const [first, second] = await Promise.all([model.bytesOf(never, 'int8'), model.bytesOf(never, 'int8')]);
    first.fill(0);
    expect(second).toEqual(packageFiles['fixture/1.0.0/int8.onnx']);
    expect(server.asked()).toHaveLength(1);
  });

  it('knows what a later visit will find in the cache', async () => {
    const model = await load();
    expect(await model.isCached('int8')).toBe(false);
    await model.bytesOf(never, 'int8');
    expect([await model.isCached('int8'), await model.isCached('fp32-packed')]).toEqual([true, false]);
  });

  it('works in a window that keeps nothing, and notes it', async () => {
    const model = await load({ store: memoryStore() });
    await model.bytesOf(never, 'int8');
    expect(model.notes().map(({ code }) => code)).toEqual(['cache-unavailable']);
  });

  it('works on a device that is full, and notes it', async () => {
    const full = { ...store, write: (key: string) => Promise.reject(new ModelError('quota-exceeded', key, 'full')) };
    const model = await load({ store: full });
    expect(await model.bytesOf(never, 'int8')).toHaveLength(3977);
    await model.passed();
    expect(model.notes().map(({ code }) => code)).toEqual(['quota-exceeded']);
  });

  it.each<[situation: string, spoil: () => void, code: string]>([
    ['without a network', () => void (server.online = false), 'offline'],
    ['without a catalog', () => void delete server.files['catalog.json'], 'file-missing'],
    [
      'with a page of HTML for a catalog',
      () => void (server.files['catalog.json'] = utf8('<html>')),
      'catalog-invalid',
    ],
    ['without a manifest', () => void delete server.files['fixture/1.0.0/manifest.json'], 'file-missing'],
    [
      'with another manifest than the catalog names',
      () => void (server.files['fixture/1.0.0/manifest.json'] = utf8({})),
      'hash-mismatch',
    ],
    [
      'with a manifest of the future',
      () => release((manifest) => spoilt(manifest, 'schemaVersion', 2)),
      'manifest-invalid',
    ],
    [
      'with a manifest of another version',
      () => release((manifest) => spoilt(manifest, 'version', '1.2.0')),
      'manifest-invalid',
    ],
    [
      'with a model for a newer app',
      () => release((manifest) => spoilt(manifest, 'minimumAppVersion', '9.0.0')),
      'app-too-old',
    ],
  ])('ends %s in a clear error', async (_, spoil, code) => {
    spoil();
    await expect(load()).rejects.toMatchObject({ code });
  });

  it('refuses a packed file that expands to something else', async () => {
    release((manifest) => spoilt(manifest, 'files.1.expanded.sha256', '0'.repeat(64)));
    await expect((await load()).bytesOf(never, 'fp32-packed')).rejects.toMatchObject({ code: 'manifest-invalid' });
  });

  it('refuses a model that asks for control flow, however well it is signed', async () => {
    const unsafe = modelOf([node('Loop')]);
    release((manifest) => spoilt(spoilt(manifest, 'files.0.bytes', unsafe.length), 'files.0.sha256', hashOf(unsafe)));
    server.files['fixture/1.1.0/int8.onnx'] = unsafe;
    await expect((await load()).bytesOf(never, 'int8')).rejects.toMatchObject({ code: 'model-unsafe' });
  });

  it('refuses a file that is no ONNX, and a name that is no file', async () => {
    const text = utf8('not a model');
    release((manifest) => spoilt(spoilt(manifest, 'files.0.bytes', text.length), 'files.0.sha256', hashOf(text)));
    server.files['fixture/1.1.0/int8.onnx'] = text;
    const model = await load();
    await expect(model.bytesOf(never, 'int8')).rejects.toMatchObject({ code: 'manifest-invalid' });
    await expect(model.bytesOf(never, 'fp16')).rejects.toMatchObject({ code: 'manifest-invalid' });
  });
});

describe('a later visit', () => {
  beforeEach(goodVisit);

  it('works without a network', async () => {
    server.online = false;
    const model = await load();
    expect(await model.bytesOf(never, 'int8')).toHaveLength(3977);
    expect((await model.goldens(never)).goldens).toHaveLength(6);
    expect(model.origin).toBe('routed');
    expect(model.notes().map(({ code }) => code)).toEqual(['offline']);
  });

  it('works when the catalog has turned into HTML', async () => {
    server.files['catalog.json'] = utf8('<html>');
    expect((await load()).version).toBe('1.0.0');
  });

  it('does not wait long for a slow catalog, and has it for the visit after', async () => {
    release();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const slow = new StaticServer(server.files);
      const visit = load({
        fetch: async (url, init) => {
          if (url === CATALOG_URL) await new Promise((resolve) => setTimeout(resolve, 5000));
          return slow.fetch(url, init);
        },
      });
      await vi.advanceTimersByTimeAsync(1001);
      expect((await visit).version).toBe('1.0.0');
      await vi.advanceTimersByTimeAsync(6000);
    } finally {
      vi.useRealTimers();
    }
    server.online = false;
    // The new catalog is here, its manifest is not: the good version serves.
    const after = await load();
    expect([after.version, after.origin]).toEqual(['1.0.0', 'last-good']);
  });

  it('hears of what is wrong with a slow catalog when it comes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const heard: string[] = [];
      const visit = load({
        fetch: async (url, init) => {
          if (url !== CATALOG_URL) return server.fetch(url, init);
          await new Promise((resolve) => setTimeout(resolve, 5000));
          return new Response('<html>');
        },
        onNote: ({ code }) => void heard.push(code),
      });
      await vi.advanceTimersByTimeAsync(1001);
      const model = await visit;
      expect([model.version, model.notes(), heard]).toEqual(['1.0.0', [], []]);
      await vi.advanceTimersByTimeAsync(20_000);
      expect([model.notes().map(({ code }) => code), heard]).toEqual([['catalog-invalid'], ['catalog-invalid']]);
    } finally {
      vi.useRealTimers();
    }
  });

  it.each<[situation: string, spoil: () => void, code: string]>([
    ['is for a newer app', () => release((manifest) => spoilt(manifest, 'minimumAppVersion', '9.0.0')), 'app-too-old'],
    ['is not understood', () => release((manifest) => spoilt(manifest, 'quantum', true)), 'manifest-invalid'],
    [
      'is not there',
      () => {
        release();
        delete server.files['fixture/1.1.0/manifest.json'];
      },
      'file-missing',
    ],
  ])('stays with the good version when the new one %s', async (_, spoil, code) => {
    spoil();
    const model = await load();
    expect([model.version, model.origin]).toEqual(['1.0.0', 'last-good']);
    expect(model.notes()).toEqual([expect.objectContaining({ code })]);
    expect(await model.bytesOf(never, 'int8')).toHaveLength(3977);
  });

  it('has the good version at hand when the files of the new one do not come', async () => {
    release((manifest) => spoilt(manifest, 'files.0.sha256', '1'.repeat(64)));
    const newer = await load();
    expect(newer.version).toBe('1.1.0');
    await expect(newer.bytesOf(never, 'int8')).rejects.toMatchObject({ code: 'hash-mismatch' });
    const good = await loadLastGood(never, options(), nothing, newer);
    expect(good?.version).toBe('1.0.0');
    server.online = false;
    expect(await good?.bytesOf(never, 'int8')).toHaveLength(3977);
  });

  it('has nothing older at hand than the only version it knows', async () => {
    expect(await loadLastGood(never, options(), nothing, await load())).toBeNull();
  });

  it('leaves a version alone that failed here, until the app changes', async () => {
    release();
    const newer = await load();
    await newer.failed();
    const instead = await load();
    expect([instead.version, instead.notes()[0]?.code]).toEqual(['1.0.0', 'self-test-failed']);
    expect((await load({ appVersion: '0.2.0' })).version).toBe('1.1.0');
  });

  it('tries a failed version again where there is nothing else', async () => {
    await (await load()).failed();
    expect((await load()).version).toBe('1.0.0');
  });

  it('sweeps away what no good version keeps, and keeps the one before', async () => {
    await store.write(`file/${'9'.repeat(64)}`, Uint8Array.of(1));
    await store.write(`part/${'9'.repeat(64)}/0`, Uint8Array.of(1));
    release();
    await (await load()).passed();
    expect((await store.keys('')).filter((key) => key.includes('99999'))).toEqual([]);
    const good = await loadLastGood(never, options(), nothing, await load());
    expect(good?.version).toBe('1.0.0');
  });

  it('forgets a history that it cannot read', async () => {
    await store.write('history', utf8({ schemaVersion: 7 }));
    expect((await load()).origin).toBe('routed');
  });
});

describe('a version that was asked for by name', () => {
  it('is opened though it serves nobody, and does not become the last good one', async () => {
    release();
    const pinned = await load({ pin: '1.0.0' });
    expect([pinned.version, pinned.origin]).toEqual(['1.0.0', 'pinned']);
    await pinned.passed();
    expect(await loadLastGood(never, options(), nothing, await load())).toBeNull();
  });

  it('is never replaced by another', async () => {
    await goodVisit();
    await expect(load({ pin: '3.0.0' })).rejects.toMatchObject({ code: 'catalog-invalid' });
  });
});

describe('leaving', () => {
  it('ends everything with "aborted", with a good version at hand or not', async () => {
    await goodVisit();
    await expect(loadModel(AbortSignal.abort(), options(), nothing)).rejects.toMatchObject({ code: 'aborted' });
  });
});
