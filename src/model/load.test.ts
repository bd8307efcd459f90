import { beforeEach, describe, expect, it } from 'vitest';
import { ModelError } from './error.ts';
import { loadModel } from './load.ts';
import type { FileProgress } from './loaded.ts';
import { modelOf, node } from './onnx.fixture.ts';
import { hashOf, packageFiles, spoilt, utf8 } from './package.fixture.ts';
import { memoryStore } from './store.ts';
import { never, nothing, Visitor } from './visitor.fixture.ts';

let visitor: Visitor;
beforeEach(() => {
  visitor = new Visitor();
});

describe('a first visit', () => {
  it('fetches the files that are asked for and no others', async () => {
    const seen: FileProgress[] = [];
    const model = await loadModel(never, visitor.options(), (progress) => seen.push(progress));
    expect(visitor.server.asked()).toEqual(['catalog.json', 'fixture/1.0.0/manifest.json']);
    const int8 = await model.bytesOf(never, 'int8');
    expect(int8).toEqual(packageFiles['fixture/1.0.0/int8.onnx']);
    expect(visitor.server.asked()).toEqual(['fixture/1.0.0/int8.onnx']);
    expect(seen.at(-1)).toEqual({ file: 'int8', loadedBytes: int8.length, totalBytes: int8.length, from: 'network' });
    expect(model).toMatchObject({ version: '1.0.0', origin: 'routed', entry: { share: 1 } });
    expect(model.notes()).toEqual([]);
  });

  it('gets a packed file expanded to the ONNX file of the manifest', async () => {
    const model = await visitor.load();
    const file = model.manifest.files.find(({ role }) => role === 'packed');
    const bytes = await model.bytesOf(never, 'fp32-packed');
    expect(file?.role === 'packed' && file.expanded.sha256).toBe(hashOf(bytes));
  });

  it('shares one download between two who ask, and gives each a copy of its own', async () => {
    const model = await visitor.load();
    visitor.server.asked();
    const [first, second] = await Promise.all([model.bytesOf(never, 'int8'), model.bytesOf(never, 'int8')]);
    first.fill(0);
    expect(second).toEqual(packageFiles['fixture/1.0.0/int8.onnx']);
    expect(visitor.server.asked()).toHaveLength(1);
  });

  it('knows what a later visit will find in the cache', async () => {
    const model = await visitor.load();
    expect(await model.isCached('int8')).toBe(false);
    await model.bytesOf(never, 'int8');
    expect([await model.isCached('int8'), await model.isCached('fp32-packed')]).toEqual([true, false]);
  });

  it('works in a window that keeps nothing, and notes it', async () => {
    const model = await visitor.load({ store: memoryStore() });
    await model.bytesOf(never, 'int8');
    expect(model.notes().map(({ code }) => code)).toEqual(['cache-unavailable']);
  });

  it('works on a device that is full, and notes it', async () => {
    const full = {
      ...visitor.store,
      write: (key: string) => Promise.reject(new ModelError('quota-exceeded', key, 'full')),
    };
    const model = await visitor.load({ store: full });
    expect(await model.bytesOf(never, 'int8')).toHaveLength(3977);
    await model.passed();
    expect(model.notes().map(({ code }) => code)).toEqual(['quota-exceeded']);
  });

  it.each<[situation: string, spoil: () => void, code: string]>([
    ['without a network', () => void (visitor.server.online = false), 'offline'],
    ['without a catalog', () => void delete visitor.server.files['catalog.json'], 'file-missing'],
    [
      'with a page of HTML for a catalog',
      () => void (visitor.server.files['catalog.json'] = utf8('<html>')),
      'catalog-invalid',
    ],
    ['without a manifest', () => void delete visitor.server.files['fixture/1.0.0/manifest.json'], 'file-missing'],
    [
      'with another manifest than the catalog names',
      () => void (visitor.server.files['fixture/1.0.0/manifest.json'] = utf8({})),
      'hash-mismatch',
    ],
    [
      'with a manifest of the future',
      () => visitor.release((manifest) => spoilt(manifest, 'schemaVersion', 2)),
      'manifest-invalid',
    ],
    [
      'with a manifest of another version',
      () => visitor.release((manifest) => spoilt(manifest, 'version', '1.2.0')),
      'manifest-invalid',
    ],
    [
      'with a model for a newer app',
      () => visitor.release((manifest) => spoilt(manifest, 'minimumAppVersion', '9.0.0')),
      'app-too-old',
    ],
  ])('ends %s in a clear error', async (_, spoil, code) => {
    spoil();
    await expect(visitor.load()).rejects.toMatchObject({ code });
  });

  it('refuses a packed file that expands to something else', async () => {
    visitor.release((manifest) => spoilt(manifest, 'files.1.expanded.sha256', '0'.repeat(64)));
    await expect((await visitor.load()).bytesOf(never, 'fp32-packed')).rejects.toMatchObject({
      code: 'manifest-invalid',
    });
  });

  it('refuses a model that asks for control flow, however well it is signed', async () => {
    const unsafe = modelOf([node('Loop')]);
    visitor.release((manifest) =>
      spoilt(spoilt(manifest, 'files.0.bytes', unsafe.length), 'files.0.sha256', hashOf(unsafe)),
    );
    visitor.server.files['fixture/1.1.0/int8.onnx'] = unsafe;
    await expect((await visitor.load()).bytesOf(never, 'int8')).rejects.toMatchObject({ code: 'model-unsafe' });
  });

  it('refuses a file that is no ONNX, and a name that is no file', async () => {
    const text = utf8('not a model');
    visitor.release((manifest) =>
      spoilt(spoilt(manifest, 'files.0.bytes', text.length), 'files.0.sha256', hashOf(text)),
    );
    visitor.server.files['fixture/1.1.0/int8.onnx'] = text;
    const model = await visitor.load();
    await expect(model.bytesOf(never, 'int8')).rejects.toMatchObject({ code: 'manifest-invalid' });
    await expect(model.bytesOf(never, 'fp16')).rejects.toMatchObject({ code: 'manifest-invalid' });
  });
});
describe('leaving', () => {
  it('ends everything with "aborted", with a good version at hand or not', async () => {
    await visitor.goodVisit();
    await expect(loadModel(AbortSignal.abort(), visitor.options(), nothing)).rejects.toMatchObject({ code: 'aborted' });
  });
});
