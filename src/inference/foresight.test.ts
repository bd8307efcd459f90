import { expect, it } from 'vitest';
import { createForesight, foreseen } from './foresight.ts';
import type { ServedFiles } from './foresight.ts';
import type { StartOptions } from './protocol.ts';

const served: ServedFiles = {
  catalog: 'models/catalog.json',
  signers: ['00', '11'],
  manifest: 'models/letters/1.0.0/manifest.json',
  goldens: 'models/letters/1.0.0/goldens.json',
  webgl: 'models/letters/1.0.0/model.packed',
  wasm: 'models/letters/1.0.0/model.int8.onnx',
};
const options: StartOptions = {
  baseUrl: 'https://a.example/ktav/',
  catalogUrl: 'https://a.example/ktav/models/catalog.json',
  modelKeys: ['00'],
  preference: null,
  installId: 'one',
  pin: null,
  appBuild: '0.1.0+test',
};
const names = (change: Partial<StartOptions>, hasWebgl = true): readonly string[] =>
  foreseen({ ...options, ...change }, served, hasWebgl).map(({ url }) => url.slice(url.lastIndexOf('/') + 1));

it('a first visit is going to ask for catalog, signature, manifest, weights and goldens', () => {
  expect(names({})).toEqual(['catalog.json', 'catalog.json.sig', 'manifest.json', 'model.packed', 'goldens.json']);
  expect(names({ preference: 'webgl' })).toContain('model.packed');
});

it('where there is no WebGL it is going to ask for the file of WASM', () => {
  expect(names({}, false)).toContain('model.int8.onnx');
  expect(names({}, false)).not.toContain('model.packed');
});

it('where nothing is signed no signature is asked for', () => {
  expect(names({ modelKeys: null })).not.toContain('catalog.json.sig');
});

it.each([
  { preference: 'wasm' as const },
  { pin: '0.9.0' },
  { modelKeys: ['22'] },
  { catalogUrl: 'https://models.example/catalog.json' },
])('nothing is foreseen with %o, which the build did not know', (change) => {
  expect(names(change)).toEqual([]);
});

it('a build without models foresees nothing', () => {
  expect(foreseen(options, null, true)).toEqual([]);
});

const [manifest, weights] = ['https://a.example/manifest.json', 'https://a.example/model.packed'] as const;

/** What went out to the network, with the signal that each request bears. */
function network() {
  const out: { readonly url: string; readonly init: RequestInit | undefined }[] = [];
  const fetch: typeof globalThis.fetch = async (resource, init) => {
    out.push({ url: String(resource), init });
    return new Response(`${out.length}`);
  };
  const foresight = createForesight(fetch);
  const ask = (): void =>
    foresight.ask([
      { url: manifest, cache: 'default' },
      { url: weights, cache: 'default' },
    ]);
  const urls = (): readonly string[] => out.map(({ url }) => url);
  const ended = (url: string): boolean => out.find((one) => one.url === url)?.init?.signal?.aborted === true;
  return { ...foresight, ask, urls, ended };
}

it('what was foreseen goes out once, and whoever asks for it first is handed that answer', async () => {
  const { ask, fetch, urls } = network();
  ask();
  expect(await (await fetch(manifest, { cache: 'default' })).text()).toBe('1');
  expect(urls()).toEqual([manifest, weights]);
  expect(await (await fetch(manifest, { cache: 'default' })).text()).toBe('3');
});

it('a request that nobody foresaw goes out, and ends what is left of the guess', async () => {
  const { ask, fetch, urls, ended } = network();
  ask();
  await fetch(manifest, { cache: 'default' });
  await fetch('https://a.example/other/model.packed');
  expect(ended(manifest)).toBe(false);
  expect(ended(weights)).toBe(true);
  await fetch(weights, { cache: 'default' });
  expect(urls()).toEqual([manifest, weights, 'https://a.example/other/model.packed', weights]);
});

it.each([{ headers: { Range: 'bytes=5-' }, cache: 'default' }, { cache: 'reload' }] as const)(
  'whoever asks in another way, %o, has an answer of his own',
  async (init) => {
    const { ask, fetch, urls, ended } = network();
    ask();
    await fetch(weights, init);
    expect(urls()).toEqual([manifest, weights, weights]);
    expect(ended(weights)).toBe(true);
    expect(ended(manifest)).toBe(false);
  },
);

it('whoever gives up ends the answer that he was handed', async () => {
  const { ask, fetch, ended } = network();
  const [now, later] = [new AbortController(), new AbortController()];
  now.abort();
  ask();
  await fetch(manifest, { cache: 'default', signal: now.signal });
  await fetch(weights, { cache: 'default', signal: later.signal });
  expect([ended(manifest), ended(weights)]).toEqual([true, false]);
  later.abort();
  expect(ended(weights)).toBe(true);
});

it('what failed ahead of time is asked for again by whoever needs it', async () => {
  let calls = 0;
  const { ask, fetch } = createForesight(async () => {
    if (++calls === 1) throw new TypeError('no network');
    return new Response('there');
  });
  ask([{ url: manifest, cache: 'default' }]);
  await new Promise((resolve) => setTimeout(resolve, 0));
  expect(await (await fetch(manifest, { cache: 'default' })).text()).toBe('there');
});
