import { beforeEach, describe, expect, it } from 'vitest';
import { loadKept } from './load.ts';
import type { LoadOptions } from './loaded.ts';
import { document, hashOf, utf8 } from './package.fixture.ts';
import { signatureOf, testKey } from './signed.fixture.ts';
import { memoryStore } from './store.ts';
import { never, nothing, Visitor } from './visitor.fixture.ts';

const key = testKey(1);
const EXPIRES = '2027-06-01T00:00:00.000Z';
const signed = { modelKeys: [key.publicKey], now: () => Date.parse('2026-06-01T00:00:00Z') };

let visitor: Visitor;
const kept = (more: Partial<LoadOptions> = {}) => loadKept(never, visitor.options({ ...signed, ...more }), nothing);

/** A visitor who was here, under a signed catalog. */
beforeEach(async () => {
  visitor = new Visitor();
  const catalog = utf8(document('catalog'));
  visitor.server.files['catalog.json'] = catalog;
  visitor.server.files['catalog.json.sig'] = signatureOf(catalog, [key], { revision: 5, expires: EXPIRES });
  const model = await visitor.load(signed);
  await Promise.all([model.bytesOf(never, 'int8'), model.goldens(never)]);
  await model.passed();
  visitor.server.asked();
});

it('the version of the last visit is there with its files, and no server is asked for anything', async () => {
  const model = await kept();
  expect([model?.version, model?.origin, model?.entry?.share]).toEqual(['1.0.0', 'routed', 1]);
  expect(await model?.bytesOf(never, 'int8')).toHaveLength(3977);
  expect((await model?.goldens(never))?.goldens).toHaveLength(6);
  expect([visitor.server.asked(), model?.notes()]).toEqual([[], []]);
});

describe('the server has the first word', () => {
  it.each<[situation: string, more: () => Partial<LoadOptions>]>([
    ['on a first visit', () => ({ store: { ...memoryStore(), persistent: true } })],
    ['in a window that keeps nothing', () => ({ store: memoryStore() })],
    ['once the kept catalog is past its date', () => ({ now: () => Date.parse(EXPIRES) + 1 })],
    ['when the key that signed it counts no more', () => ({ modelKeys: [testKey(2).publicKey] })],
  ])('%s', async (_, more) => {
    expect(await kept(more())).toBeNull();
    expect(visitor.server.asked()).toEqual([]);
  });

  it('when the kept catalog was changed on the device', async () => {
    const bytes = await visitor.store.read('catalog');
    const text = new TextDecoder().decode(bytes ?? undefined).replace('1.0.0', '1.0.1');
    await visitor.store.write('catalog', utf8(JSON.parse(text)));
    expect(await kept()).toBeNull();
  });

  it('when its manifest is not on the device any more', async () => {
    const manifest = visitor.server.files['fixture/1.0.0/manifest.json'] ?? new Uint8Array();
    await visitor.store.remove(`file/${hashOf(manifest)}`);
    expect(await kept()).toBeNull();
    expect(visitor.server.asked()).toEqual([]);
  });
});
