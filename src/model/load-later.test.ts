import { beforeEach, describe, expect, it, vi } from 'vitest';
import { loadLastGood } from './load.ts';
import { spoilt, utf8 } from './package.fixture.ts';
import { CATALOG_URL, StaticServer } from './server.fixture.ts';
import { never, nothing, Visitor } from './visitor.fixture.ts';

let visitor: Visitor;
beforeEach(() => {
  visitor = new Visitor();
});

describe('a later visit', () => {
  beforeEach(() => visitor.goodVisit());

  it('works without a network', async () => {
    visitor.server.online = false;
    const model = await visitor.load();
    expect(await model.bytesOf(never, 'int8')).toHaveLength(3977);
    expect((await model.goldens(never)).goldens).toHaveLength(6);
    expect(model.origin).toBe('routed');
    expect(model.notes().map(({ code }) => code)).toEqual(['offline']);
  });

  it('works when the catalog has turned into HTML', async () => {
    visitor.server.files['catalog.json'] = utf8('<html>');
    expect((await visitor.load()).version).toBe('1.0.0');
  });

  it('does not wait long for a slow catalog, and has it for the visit after', async () => {
    visitor.release();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const slow = new StaticServer(visitor.server.files);
      const visit = visitor.load({
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
    visitor.server.online = false;
    // The new catalog is here, its manifest is not: the good version serves.
    const after = await visitor.load();
    expect([after.version, after.origin]).toEqual(['1.0.0', 'last-good']);
  });

  it('waits for a slow catalog where somebody answers already', async () => {
    visitor.release();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const visit = visitor.load({
        unhurried: true,
        fetch: async (url, init) => {
          if (url === CATALOG_URL) await new Promise((resolve) => setTimeout(resolve, 5000));
          return visitor.server.fetch(url, init);
        },
      });
      await vi.advanceTimersByTimeAsync(6000);
      expect((await visit).version).toBe('1.1.0');
    } finally {
      vi.useRealTimers();
    }
  });

  it('hears of what is wrong with a slow catalog when it comes', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    try {
      const heard: string[] = [];
      const visit = visitor.load({
        fetch: async (url, init) => {
          if (url !== CATALOG_URL) return visitor.server.fetch(url, init);
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
    [
      'is for a newer app',
      () => visitor.release((manifest) => spoilt(manifest, 'minimumAppVersion', '9.0.0')),
      'app-too-old',
    ],
    ['is not understood', () => visitor.release((manifest) => spoilt(manifest, 'quantum', true)), 'manifest-invalid'],
    [
      'is not there',
      () => {
        visitor.release();
        delete visitor.server.files['fixture/1.1.0/manifest.json'];
      },
      'file-missing',
    ],
  ])('stays with the good version when the new one %s', async (_, spoil, code) => {
    spoil();
    const model = await visitor.load();
    expect([model.version, model.origin]).toEqual(['1.0.0', 'last-good']);
    expect(model.notes()).toEqual([expect.objectContaining({ code })]);
    expect(await model.bytesOf(never, 'int8')).toHaveLength(3977);
  });

  it('has the good version at hand when the files of the new one do not come', async () => {
    visitor.release((manifest) => spoilt(manifest, 'files.0.sha256', '1'.repeat(64)));
    const newer = await visitor.load();
    expect(newer.version).toBe('1.1.0');
    await expect(newer.bytesOf(never, 'int8')).rejects.toMatchObject({ code: 'hash-mismatch' });
    const good = await loadLastGood(never, visitor.options(), nothing, newer);
    expect(good?.version).toBe('1.0.0');
    visitor.server.online = false;
    expect(await good?.bytesOf(never, 'int8')).toHaveLength(3977);
  });

  it('has nothing older at hand than the only version it knows', async () => {
    expect(await loadLastGood(never, visitor.options(), nothing, await visitor.load())).toBeNull();
  });

  it('leaves a version alone that failed here, until the app changes', async () => {
    visitor.release();
    const newer = await visitor.load();
    await newer.failed();
    const instead = await visitor.load();
    expect([instead.version, instead.notes()[0]?.code]).toEqual(['1.0.0', 'self-test-failed']);
    expect((await visitor.load({ appVersion: '0.2.0' })).version).toBe('1.1.0');
  });

  it('tries a failed version again where there is nothing else', async () => {
    await (await visitor.load()).failed();
    expect((await visitor.load()).version).toBe('1.0.0');
  });

  it('sweeps away what no good version keeps, and keeps the one before', async () => {
    await visitor.store.write(`file/${'9'.repeat(64)}`, Uint8Array.of(1));
    await visitor.store.write(`part/${'9'.repeat(64)}/0`, Uint8Array.of(1));
    visitor.release();
    await (await visitor.load()).passed();
    expect((await visitor.store.keys('')).filter((key) => key.includes('99999'))).toEqual([]);
    const good = await loadLastGood(never, visitor.options(), nothing, await visitor.load());
    expect(good?.version).toBe('1.0.0');
  });

  it('forgets a history that it cannot read', async () => {
    await visitor.store.write('history', utf8({ schemaVersion: 7 }));
    expect((await visitor.load()).origin).toBe('routed');
  });
});

describe('a version that was asked for by name', () => {
  it('is opened though it serves nobody, and does not become the last good one', async () => {
    visitor.release();
    const pinned = await visitor.load({ pin: '1.0.0' });
    expect([pinned.version, pinned.origin]).toEqual(['1.0.0', 'pinned']);
    await pinned.passed();
    expect(await loadLastGood(never, visitor.options(), nothing, await visitor.load())).toBeNull();
  });

  it('is never replaced by another', async () => {
    await visitor.goodVisit();
    await expect(visitor.load({ pin: '3.0.0' })).rejects.toMatchObject({ code: 'catalog-invalid' });
  });
});
