import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fileKey } from './keys.ts';
import { obtain } from './obtain.ts';
import type { Wanted } from './obtain.ts';
import { hashOf } from './package.fixture.ts';
import { joined } from './packed.fixture.ts';
import { CATALOG_URL, StaticServer, streamOf } from './server.fixture.ts';
import { memoryStore } from './store.ts';
import type { ModelStore } from './store.ts';

/** Three parts of 64 KB and a bit. */
const model = Uint8Array.from({ length: 200_000 }, (_, index) => (index * 2654435761) >>> 24);
const wanted: Wanted = { url: new URL('m.onnx', CATALOG_URL).href, bytes: model.length, sha256: hashOf(model) };
const never = new AbortController().signal;
const brokenAfter = (bytes: number) => new Response(streamOf(model, { breakAfter: bytes }));

let store: ModelStore;
let server: StaticServer;
let progress: [loaded: number, from: string][];
const get = (signal = never): Promise<Uint8Array> =>
  obtain(signal, wanted, { store, fetch: server.fetch }, (loaded, from) => progress.push([loaded, from]));

beforeEach(() => {
  store = memoryStore();
  server = new StaticServer({ 'm.onnx': model });
  progress = [];
});

describe('a first download', () => {
  it('reports every step up to the bytes of the manifest and is kept under its hash', async () => {
    expect(hashOf(await get())).toBe(wanted.sha256);
    expect(progress.at(0)).toEqual([0, 'network']);
    expect(progress.at(-1)).toEqual([200_000, 'network']);
    expect(progress.length).toBeGreaterThan(10);
    expect(progress.every(([loaded], index) => index === 0 || loaded >= (progress[index - 1]?.[0] ?? 0))).toBe(true);
    await vi.waitFor(async () => expect(await store.keys('')).toEqual([fileKey(wanted.sha256)]));
  });

  it('needs no network the next time', async () => {
    await get();
    server.online = false;
    progress = [];
    expect(hashOf(await get())).toBe(wanted.sha256);
    expect(progress).toEqual([[200_000, 'cache']]);
  });

  it('goes on within the visit when the connection is lost', async () => {
    server.fault = ({ range }) => (range === null ? brokenAfter(130_000) : null);
    expect(hashOf(await get())).toBe(wanted.sha256);
    expect(server.asked()).toEqual(['m.onnx', 'm.onnx bytes=130000-']);
  });

  it('gives up when tries bring nothing, and says so', async () => {
    server.fault = ({ range }, body) =>
      range === null
        ? brokenAfter(100_000)
        : new Response(streamOf(body, { breakAfter: 0 }), {
            status: 206,
            headers: { 'Content-Range': 'bytes 100000-199999/200000' },
          });
    await expect(get()).rejects.toMatchObject({ code: 'offline' });
    expect(server.asked()).toHaveLength(2);
  });

  it('is missing when the server has no such file', async () => {
    delete server.files['m.onnx'];
    await expect(get()).rejects.toMatchObject({ code: 'file-missing' });
  });

  it.each([500, 503, 429])('counts %i as "later", not as "never"', async (status) => {
    server.fault = () => new Response('busy', { status });
    await expect(get()).rejects.toMatchObject({ code: 'offline', message: expect.stringContaining(String(status)) });
  });
});

describe('a download that was interrupted', () => {
  /** A visit that ended after so many bytes; what it kept is in the store. */
  async function earlierVisit(bytes: number): Promise<void> {
    server.fault = ({ range }) => (range === null ? brokenAfter(bytes) : new Response(null, { status: 503 }));
    await expect(get()).rejects.toMatchObject({ code: 'offline' });
    server.fault = () => null;
    server.asked();
    progress = [];
  }

  it('goes on where it was', async () => {
    await earlierVisit(150_000);
    expect(hashOf(await get())).toBe(wanted.sha256);
    expect(server.asked()).toEqual(['m.onnx bytes=150000-']);
    expect(progress[0]).toEqual([150_000, 'network']);
    await vi.waitFor(async () => expect(await store.keys('part/')).toEqual([]));
  });

  it('begins anew when the server knows no ranges', async () => {
    await earlierVisit(150_000);
    server.fault = (_, body) => new Response(streamOf(body));
    expect(hashOf(await get())).toBe(wanted.sha256);
    expect(server.asked()).toHaveLength(1);
  });

  it.each<[situation: string, headers: Record<string, string>]>([
    ['counts other bytes', { 'Content-Range': 'bytes 150000-170000/170001' }],
    ['starts elsewhere', { 'Content-Range': 'bytes 0-199999/200000' }],
    ['encodes the part', { 'Content-Range': 'bytes 150000-199999/200000', 'Content-Encoding': 'br' }],
    ['does not say which part it is', {}],
  ])('asks for the whole when the answer %s', async (_, headers) => {
    await earlierVisit(150_000);
    server.fault = ({ range }) => (range === null ? null : new Response(streamOf(model), { status: 206, headers }));
    expect(hashOf(await get())).toBe(wanted.sha256);
    // Not "reload": what was wrong was seen from the answer's head, not from a wrong hash behind a whole download.
    expect(server.requests.map(({ range, cache }) => [range, cache])).toEqual([
      ['bytes=150000-', 'no-store'],
      [null, 'default'],
    ]);
  });

  it('asks for the whole when the file has become shorter (416)', async () => {
    await earlierVisit(150_000);
    server.fault = ({ range }) => (range === null ? null : new Response(null, { status: 416 }));
    expect(hashOf(await get())).toBe(wanted.sha256);
  });

  it('is thrown away and taken whole when the file had changed in between', async () => {
    await earlierVisit(150_000);
    for (const key of await store.keys('part/')) await store.write(key, new Uint8Array(50_000));
    expect(hashOf(await get())).toBe(wanted.sha256);
    expect(server.requests.at(-1)).toMatchObject({ range: null, cache: 'reload' });
  });

  it('does not mix what a server without ranges sends anew with what was there', async () => {
    await earlierVisit(150_000);
    for (const key of await store.keys('part/')) await store.write(key, new Uint8Array(50_000));
    server.fault = () => brokenAfter(100_000);
    await expect(get()).rejects.toMatchObject({ code: 'offline' });
    server.fault = () => null;
    server.asked();
    expect(hashOf(await get())).toBe(wanted.sha256);
    expect(server.asked()).toEqual(['m.onnx bytes=100000-']);
  });

  it('needs one byte when it was whole but had no name yet', async () => {
    await store.write(`part/${wanted.sha256}/0`, model);
    expect(hashOf(await get())).toBe(wanted.sha256);
    expect(server.asked()).toEqual(['m.onnx bytes=199999-']);
  });

  it('keeps what is before a gap', async () => {
    await store.write(`part/${wanted.sha256}/0`, model.slice(0, 70_000));
    await store.write(`part/${wanted.sha256}/140000`, model.slice(140_000, 190_000));
    expect(hashOf(await get())).toBe(wanted.sha256);
    expect(server.asked()).toEqual(['m.onnx bytes=70000-']);
  });

  it('keeps what had come when the person left', async () => {
    const leaving = new AbortController();
    const left = obtain(
      leaving.signal,
      wanted,
      { store, fetch: server.fetch },
      (loaded) => loaded > 90_000 && leaving.abort(),
    );
    await expect(left).rejects.toMatchObject({ code: 'aborted' });
    server.asked();
    expect(hashOf(await get())).toBe(wanted.sha256);
    expect(server.asked()[0]).toMatch(/bytes=1\d\d\d\d\d-/);
  });
});

describe('bytes that are wrong', () => {
  const flipped = (): Uint8Array<ArrayBuffer> => model.map((byte, index) => (index === 77 ? byte ^ 1 : byte));

  it('are taken once more past every cache', async () => {
    server.fault = ({ cache }) => (cache === 'reload' ? null : new Response(flipped()));
    expect(hashOf(await get())).toBe(wanted.sha256);
    expect(server.requests.map(({ cache }) => cache)).toEqual(['default', 'reload']);
  });

  it.each<[situation: string, body: () => Uint8Array<ArrayBuffer>]>([
    ['a flipped bit', flipped],
    ['a byte too few', () => model.slice(1)],
    ['a byte too many', () => joined([model, Uint8Array.of(7)])],
    ['nothing', () => new Uint8Array()],
    ['a page of HTML', () => new TextEncoder().encode('<!doctype html>')],
  ])('are refused when they stay wrong: %s', async (_, body) => {
    server.files['m.onnx'] = body();
    await expect(get()).rejects.toMatchObject({ code: 'hash-mismatch' });
    expect(server.asked()).toHaveLength(2);
    expect(await store.keys('')).toEqual([]);
  });

  it('are found in the cache, too, and replaced', async () => {
    await store.write(fileKey(wanted.sha256), flipped());
    expect(hashOf(await get())).toBe(wanted.sha256);
    expect(hashOf((await store.read(fileKey(wanted.sha256))) ?? new Uint8Array())).toBe(wanted.sha256);
  });
});

describe('a connection that hangs', () => {
  beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
  afterEach(() => void vi.useRealTimers());

  it('counts as lost after 20 seconds without a byte', async () => {
    const hanging = obtain(
      never,
      wanted,
      {
        store,
        fetch: (_, { signal }) =>
          new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
      },
      () => undefined,
    );
    const refused = expect(hanging).rejects.toMatchObject({
      code: 'offline',
      message: expect.stringContaining('20 seconds'),
    });
    await vi.advanceTimersByTimeAsync(20_001);
    await refused;
  });

  it('ends at once when the person leaves', async () => {
    const leaving = new AbortController();
    const hanging = obtain(
      leaving.signal,
      wanted,
      {
        store,
        fetch: (_, { signal }) =>
          new Promise((_, reject) => signal?.addEventListener('abort', () => reject(signal.reason))),
      },
      () => undefined,
    );
    const refused = expect(hanging).rejects.toMatchObject({ code: 'aborted' });
    await vi.advanceTimersByTimeAsync(5);
    leaving.abort();
    await refused;
  });
});
