import { beforeEach, describe, expect, it } from 'vitest';
import { loadModel } from './load.ts';
import type { LoadOptions } from './loaded.ts';
import { document, packageFiles, spoilt, utf8 } from './package.fixture.ts';
import { CATALOG_URL, StaticServer } from './server.fixture.ts';
import { signatureOf, testKey } from './signed.fixture.ts';
import { memoryStore } from './store.ts';
import type { ModelStore } from './store.ts';

const never = new AbortController().signal;
const nothing = (): void => undefined;
const [ours, next, stranger] = [testKey(1), testKey(2), testKey(3)];
const SIGNED = Date.parse('2026-06-01T00:00:00Z');
const EXPIRES = '2027-06-01T00:00:00.000Z';
const AFTER = Date.parse(EXPIRES) + 1;

let server: StaticServer;
let store: ModelStore;

const load = (more: Partial<LoadOptions> = {}) =>
  loadModel(
    never,
    {
      catalogUrl: CATALOG_URL,
      modelKeys: [ours.publicKey],
      installId: '2f1c9e4e-6a56-4f0d-9a3a-0d3d7f1f4f10',
      appVersion: '0.1.0+test',
      store,
      fetch: server.fetch,
      now: () => SIGNED,
      ...more,
    },
    nothing,
  );

type Publishing = Partial<{
  revision: number;
  keys: readonly (typeof ours)[];
  expires: string;
  model: string;
}>;

/** Puts a catalog and its signature onto the server. */
function publish({ revision = 1, keys = [ours], expires = EXPIRES, model = '1.0.0' }: Publishing = {}): void {
  const catalog = document('catalog');
  const version = catalog['models']?.['0']?.['versions']?.['0'];
  const versions = [version, { ...version, version: '0.0.1', status: 'retired', share: 0 }];
  // With a retired version besides it is another file that routes to the same one.
  spoilt(catalog, 'models.0.versions', model === '1.0.0' ? [version] : versions);
  const bytes = utf8(catalog);
  server.files['catalog.json'] = bytes;
  server.files['catalog.json.sig'] = signatureOf(bytes, keys, { revision, expires });
}

async function goodVisit(): Promise<void> {
  const model = await load();
  await Promise.all([model.bytesOf(never, 'int8'), model.goldens(never)]);
  await model.passed();
  server.asked();
}
const codes = (model: Awaited<ReturnType<typeof load>>): string[] => model.notes().map(({ code }) => code);

beforeEach(() => {
  server = new StaticServer({ ...packageFiles });
  store = { ...memoryStore(), persistent: true };
  publish({ revision: 5 });
});

describe('a first visit', () => {
  it('takes a catalog that a trusted key signed', async () => {
    const model = await load();
    expect([model.version, model.notes()]).toEqual(['1.0.0', []]);
    expect(server.asked()).toEqual(['catalog.json.sig', 'catalog.json', 'fixture/1.0.0/manifest.json']);
  });

  it.each<[situation: string, spoil: () => void]>([
    ['without a signature', () => void delete server.files['catalog.json.sig']],
    ['signed by a stranger', () => publish({ keys: [stranger] })],
    ['with HTML for a signature', () => void (server.files['catalog.json.sig'] = utf8('<html>'))],
    ['with a huge signature', () => void (server.files['catalog.json.sig'] = new Uint8Array(20_000))],
    [
      'with the signature of another catalog',
      () => {
        const signature = server.files['catalog.json.sig'] ?? new Uint8Array();
        publish({ model: 'other' });
        server.files['catalog.json.sig'] = signature;
      },
    ],
    [
      "with a stranger's signature under the name of our key",
      () => {
        const catalog = server.files['catalog.json'] ?? new Uint8Array();
        server.files['catalog.json.sig'] = signatureOf(catalog, [{ ...stranger, publicKey: ours.publicKey }]);
      },
    ],
    [
      'with a good signature under a word about something else',
      () => {
        const catalog = server.files['catalog.json'] ?? new Uint8Array();
        server.files['catalog.json.sig'] = signatureOf(catalog, [ours], { says: 'ktav-app' as 'ktav-catalog' });
      },
    ],
  ])('is refused %s', async (_, spoil) => {
    spoil();
    await expect(load()).rejects.toMatchObject({ code: 'catalog-untrusted' });
    // Nothing of it is left behind that a later visit could take for known.
    expect(await store.keys('catalog')).toEqual([]);
  });

  it('asks once more past every cache where the two files are of two deployments', async () => {
    const stale = server.files['catalog.json.sig'] ?? new Uint8Array();
    publish({ revision: 6, model: 'other' });
    server.fault = ({ path, cache }) => (path.endsWith('.sig') && cache !== 'reload' ? new Response(stale) : null);
    expect((await load()).notes()).toEqual([]);
  });

  it('in development takes what is not signed, and asks for no signature', async () => {
    delete server.files['catalog.json.sig'];
    expect((await load({ modelKeys: null })).version).toBe('1.0.0');
    expect(server.asked()).not.toContain('catalog.json.sig');
  });

  it('past the date is served and says so: a clock may be wrong, and nobody is turned away for the time', async () => {
    const model = await load({ now: () => AFTER });
    expect([model.version, codes(model)]).toEqual(['1.0.0', ['catalog-expired']]);
  });
});

describe('a device that was here before', () => {
  beforeEach(goodVisit);

  it.each<[situation: string, spoil: () => void]>([
    ['an older catalog, whole and signed', () => publish({ revision: 4 })],
    ['a stranger', () => publish({ revision: 9, keys: [stranger] })],
    ['a catalog without its signature', () => void delete server.files['catalog.json.sig']],
    [
      'a flipped bit in the catalog',
      () =>
        (server.files['catalog.json'] = server.files['catalog.json']?.map((byte, at) => byte ^ +(at === 99)) as never),
    ],
  ])('goes on with what it has, and notes why, when it meets %s', async (_, spoil) => {
    spoil();
    const model = await load();
    expect([model.version, model.origin, codes(model)]).toEqual(['1.0.0', 'routed', ['catalog-untrusted']]);
    expect(await model.bytesOf(never, 'int8')).toHaveLength(3977);
  });

  it('does not take an older catalog even when its own copy was damaged: the last good version answers', async () => {
    await store.write('catalog', utf8('what a half-written disk left'));
    publish({ revision: 4 });
    const model = await load();
    expect([model.version, model.origin, codes(model)]).toEqual(['1.0.0', 'last-good', ['catalog-untrusted']]);
  });

  it('takes the same and newer ones', async () => {
    expect((await load()).notes()).toEqual([]);
    publish({ revision: 6, model: 'other' });
    expect((await load()).notes()).toEqual([]);
    publish({ revision: 5 });
    expect(codes(await load())).toEqual(['catalog-untrusted']);
  });

  it('answers offline past the date, and says that newer ones may be held back', async () => {
    server.online = false;
    const model = await load({ now: () => AFTER });
    expect([model.version, codes(model)]).toEqual(['1.0.0', ['offline', 'catalog-expired']]);
  });

  it('does not give up a catalog that is good for one that is past its date', async () => {
    publish({ revision: 6, expires: '2026-05-01T00:00:00.000Z' });
    const model = await load();
    expect(codes(model)).toEqual(['catalog-untrusted']);
    // And it was not written down: 5 still counts.
    publish({ revision: 5 });
    expect((await load()).notes()).toEqual([]);
  });

  it('does not take its own unsigned catalog of development into production', async () => {
    publish({ keys: [stranger] });
    await load({ modelKeys: null });
    await expect(load()).resolves.toMatchObject({ origin: 'last-good' });
  });
});

describe('a key that takes over', () => {
  it('is trusted beside the old one, signs with it, and goes on alone', async () => {
    const both = [ours.publicKey, next.publicKey];
    await goodVisit();
    publish({ revision: 6, keys: [ours, next] });
    // A page of the build before knows the old key alone, one of the next build both.
    expect((await load()).notes()).toEqual([]);
    expect((await load({ modelKeys: both })).notes()).toEqual([]);
    publish({ revision: 7, keys: [next] });
    expect((await load({ modelKeys: both })).notes()).toEqual([]);
    expect((await load({ modelKeys: [next.publicKey] })).notes()).toEqual([]);
    // What the old one signed is of no use any more, however new it claims to be; nor is its copy on the device.
    publish({ revision: 99, keys: [ours] });
    expect(codes(await load({ modelKeys: [next.publicKey] }))).toEqual(['catalog-untrusted']);
  });

  it('begins anew after a stolen key signed an absurd revision', async () => {
    publish({ revision: Number.MAX_SAFE_INTEGER });
    await goodVisit();
    publish({ revision: 1, keys: [next] });
    expect((await load({ modelKeys: [next.publicKey] })).notes()).toEqual([]);
  });

  it('cannot be used to go back while both are trusted', async () => {
    const both = { modelKeys: [ours.publicKey, next.publicKey] };
    await goodVisit();
    publish({ revision: 3, keys: [next] });
    expect(codes(await load(both))).toEqual(['catalog-untrusted']);
  });
});
