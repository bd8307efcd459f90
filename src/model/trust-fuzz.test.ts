import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadModel } from './load.ts';
import { ModelError } from './error.ts';
import { hashOf, spoilt, utf8 } from './package.fixture.ts';
import type { Json } from './package.fixture.ts';
import { CATALOG_URL } from './server.fixture.ts';
import { memoryStore } from './store.ts';
import { trustedKeys } from './trusted-keys.ts';

/**
 * The package that is served, with what stands above it, changed in 2 000 ways. Whatever comes out of it is what was
 * signed, byte for byte, or nothing comes out. All by one seed: a failure names its number.
 */
const MUTATIONS = 2000;
const SEED = 20261121;

const root = new URL('../../public/models/', import.meta.url);
const read = (path: string): Uint8Array<ArrayBuffer> => Uint8Array.from(readFileSync(new URL(path, root)));
const parse = (bytes: Uint8Array): Json => JSON.parse(new TextDecoder().decode(bytes)) as Json;
type Files = Record<string, Uint8Array<ArrayBuffer>>;

const never = new AbortController().signal;
const catalog = parse(read('catalog.json'));
const versions = Object.values(catalog['models']?.['0']?.['versions'] ?? {}) as unknown as readonly {
  readonly manifest: string;
  readonly status: string;
}[];
const serving = versions.findIndex(({ status }) => status === 'serving');
const folderOf = (manifest: string): string => manifest.replace('manifest.json', '');
const folder = folderOf(versions[serving]?.manifest ?? '');
const manifest = parse(read(`${folder}manifest.json`));
const modelFiles = Object.values(manifest['files'] ?? {}) as unknown as readonly {
  readonly name: string;
  readonly path: string;
}[];
const targets = ['catalog.json', 'catalog.json.sig', `${folder}manifest.json`, `${folder}goldens.json`].concat(
  modelFiles.map(({ path }) => folder + path),
);
const original: Files = Object.fromEntries(targets.map((path) => [path, read(path)]));

/** All that the app makes of a package, or the code of the refusal. */
async function outcome(files: Files): Promise<unknown> {
  const fetch = async (url: string): Promise<Response> => {
    const body = files[url.replace(new URL('.', CATALOG_URL).href, '')];
    return body === undefined ? new Response(null, { status: 404 }) : new Response(body);
  };
  const installId = '2f1c9e4e-6a56-4f0d-9a3a-0d3d7f1f4f10';
  const options = { catalogUrl: CATALOG_URL, modelKeys: trustedKeys, installId, appVersion: '99.0.0', fetch };
  const store = { ...memoryStore(), persistent: true };
  // When it is signed it is good; whether it still is today is asked by `npm run model:verify`.
  const now = (): number => 0;
  try {
    const model = await loadModel(never, { ...options, store, now }, () => undefined);
    const files = [];
    for (const { name } of model.manifest.files) files.push(hashOf(await model.bytesOf(never, name)));
    return { manifest: model.manifest, entry: model.entry, files, goldens: hashOf(utf8(await model.goldens(never))) };
  } catch (error) {
    if (!(error instanceof ModelError)) throw error;
    return error.code;
  }
}

/** mulberry32. */
function dice(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below);
  };
}

type Change = (bytes: Uint8Array<ArrayBuffer>, roll: (below: number) => number) => Uint8Array<ArrayBuffer>;
const joined = (...parts: Uint8Array[]): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.concat(parts));
const changes: Readonly<Record<string, Change>> = {
  'a flipped bit': (bytes, roll) => {
    const [at, bit] = [roll(bytes.length), roll(8)];
    return bytes.map((byte, index) => (index === at ? byte ^ (1 << bit) : byte));
  },
  'another byte': (bytes, roll) => {
    const [at, by] = [roll(bytes.length), 1 + roll(255)];
    return bytes.map((byte, index) => (index === at ? (byte + by) & 255 : byte));
  },
  'a cut end': (bytes, roll) => bytes.slice(0, roll(bytes.length)),
  'a lost byte': (bytes, roll) => {
    const at = roll(bytes.length);
    return joined(bytes.subarray(0, at), bytes.subarray(at + 1));
  },
  'a byte too many': (bytes, roll) => {
    const at = roll(bytes.length + 1);
    return joined(bytes.subarray(0, at), Uint8Array.of(roll(256)), bytes.subarray(at));
  },
  'a space too many': (bytes, roll) => {
    const at = roll(bytes.length + 1);
    return joined(bytes.subarray(0, at), Uint8Array.of(32), bytes.subarray(at));
  },
  'a piece twice': (bytes, roll) => {
    const from = roll(bytes.length);
    const to = Math.min(bytes.length, from + 1 + roll(64));
    return joined(bytes.subarray(0, to), bytes.subarray(from));
  },
  'a stretch of zeros': (bytes, roll) => bytes.slice().fill(0, roll(bytes.length)),
  'another file of the package': (_, roll) =>
    original[targets[roll(targets.length)] ?? '']?.slice() ?? new Uint8Array(),
};

/** Who changes a file also puts right the hashes above it; only the signature is out of reach. */
function withHashesPutRight(files: Files): Files {
  const rehashed = { ...files };
  const put = (document: Json, path: string, bytes: Uint8Array): void => {
    spoilt(spoilt(document, `${path}.bytes`, bytes.length), `${path}.sha256`, hashOf(bytes));
  };
  const newManifest = parse(original[`${folder}manifest.json`] ?? new Uint8Array());
  modelFiles.forEach(({ path }, index) => put(newManifest, `files.${index}`, files[folder + path] ?? new Uint8Array()));
  put(newManifest, 'goldens', files[`${folder}goldens.json`] ?? new Uint8Array());
  const changed = targets.slice(2).some((path) => path.endsWith('manifest.json') && files[path] !== original[path]);
  const bytes = changed ? files[`${folder}manifest.json`] : utf8(newManifest);
  rehashed[`${folder}manifest.json`] = bytes ?? new Uint8Array();
  const newCatalog = parse(original['catalog.json'] ?? new Uint8Array());
  const at = `models.0.versions.${serving}`;
  spoilt(newCatalog, `${at}.manifestSha256`, hashOf(bytes ?? new Uint8Array()));
  rehashed['catalog.json'] = utf8(spoilt(newCatalog, `${at}.manifestBytes`, bytes?.length));
  return rehashed;
}

describe('the package that is served, changed in 2 000 ways', () => {
  it('is refused, or is what was signed to the last byte', { timeout: 600_000 }, async () => {
    expect(existsSync(new URL('catalog.json.sig', root))).toBe(true);
    const whole = await outcome(original);
    expect(whole).toMatchObject({ manifest: { id: manifest['id'] } });
    const roll = dice(SEED);
    const kinds = Object.entries(changes);
    const ends = new Map<string, number>();
    let same = 0;
    for (let number = 0; number < MUTATIONS; number++) {
      const target = targets[number % targets.length] ?? '';
      const [kind, change] = kinds[roll(kinds.length)] ?? ['', (bytes) => bytes];
      const before = original[target] ?? new Uint8Array();
      const after = change(before, roll);
      const touched = { ...original, [target]: after };
      const hidden = target.startsWith(folder) && roll(4) === 0;
      const result = await outcome(hidden ? withHashesPutRight(touched) : touched);
      const what = `mutation ${number}: ${kind} in ${target}${hidden ? ', hashes put right' : ''}`;
      if (typeof result === 'string') {
        ends.set(result, (ends.get(result) ?? 0) + 1);
      } else {
        expect(result, what).toEqual(whole);
        same++;
        // Only where nothing changed, or where the envelope says the same in other bytes.
        if (hashOf(after) !== hashOf(before)) expect(target, what).toBe('catalog.json.sig');
      }
    }
    expect([...ends.keys()].toSorted()).toEqual(['catalog-untrusted', 'hash-mismatch']);
    expect(same).toBeLessThan(MUTATIONS / 20);
  });
});
