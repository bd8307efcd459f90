import { describe, expect, it } from 'vitest';
import { rememberGood } from '#model/history';
import { memoryStore } from '#model/store';
import { trustTrimmed } from './trimmed-trust.ts';

const hash = (digit: string): string => digit.repeat(64);
const trimmed = { sha256: hash('a'), models: [hash('1'), hash('2')] };

/** A device on which the last good version kept these files. */
async function deviceWith(...keeps: readonly string[]) {
  const store = memoryStore();
  const version = { model: 'letters', version: '1.0.0', manifestUrl: 'https://x.org/m.json', manifestBytes: 9 };
  await rememberGood(store, { ...version, manifestSha256: hash('f'), keeps: [...keeps] });
  return store;
}

describe('which of the runtimes is for whom', () => {
  it('the trimmed one for models that it was made for, the full one for strangers', async () => {
    const trust = await trustTrimmed(memoryStore(), trimmed, null, false);
    expect([hash('1'), hash('2'), hash('3')].map(trust.runtimeFor)).toEqual(['trimmed', 'trimmed', 'full']);
    expect(trust.likely).toBe('trimmed');
  });

  it('before the model is known, what the last good one ran on is started', async () => {
    expect((await trustTrimmed(await deviceWith(hash('2'), hash('9')), trimmed, null, false)).likely).toBe('trimmed');
    expect((await trustTrimmed(await deviceWith(hash('9')), trimmed, null, false)).likely).toBe('full');
  });

  it('once it trapped it is not used again on this device, until a build brings another', async () => {
    const store = memoryStore();
    const first = await trustTrimmed(store, trimmed, null, false);
    first.refuse('trimmed');
    expect(first.runtimeFor(hash('1'))).toBe('full');
    const next = await trustTrimmed(store, trimmed, null, false);
    expect([next.likely, next.runtimeFor(hash('1'))]).toEqual(['full', 'full']);
    const newer = await trustTrimmed(store, { ...trimmed, sha256: hash('b') }, null, false);
    expect([newer.likely, newer.runtimeFor(hash('1'))]).toEqual(['trimmed', 'trimmed']);
  });

  it('after workers died it is spared, in this visit alone', async () => {
    const store = memoryStore();
    expect((await trustTrimmed(store, trimmed, null, true)).runtimeFor(hash('1'))).toBe('full');
    expect((await trustTrimmed(store, trimmed, null, false)).runtimeFor(hash('1'))).toBe('trimmed');
  });

  it('a build without one has the full one for all', async () => {
    const trust = await trustTrimmed(memoryStore(), { sha256: '', models: [] }, null, false);
    expect([trust.likely, trust.runtimeFor(hash('1'))]).toEqual(['full', 'full']);
  });
});

describe('the one that has a model open', () => {
  const opened = { sha256: hash('c'), model: hash('2') };
  const models = [hash('1'), hash('2'), hash('3')];

  it('is for that model alone, and begun with where it was the last good one', async () => {
    const trust = await trustTrimmed(await deviceWith(hash('8'), hash('2')), trimmed, opened, false);
    expect(trust.likely).toBe('opened');
    expect(models.map(trust.runtimeFor)).toEqual(['trimmed', 'opened', 'full']);
    expect((await trustTrimmed(await deviceWith(hash('1')), trimmed, opened, false)).likely).toBe('trimmed');
    expect((await trustTrimmed(memoryStore(), trimmed, opened, false)).likely).toBe('trimmed');
  });

  it('once it trapped, the trimmed one takes its place on this device; after that one, the full one', async () => {
    const store = await deviceWith(hash('2'));
    const first = await trustTrimmed(store, trimmed, opened, false);
    first.refuse('opened');
    expect(first.runtimeFor(hash('2'))).toBe('trimmed');
    const next = await trustTrimmed(store, trimmed, opened, false);
    expect([next.likely, next.runtimeFor(hash('2'))]).toEqual(['trimmed', 'trimmed']);
    next.refuse('trimmed');
    const last = await trustTrimmed(store, trimmed, opened, false);
    expect([last.likely, last.runtimeFor(hash('2'))]).toEqual(['full', 'full']);
  });

  it('after workers died it is spared, too', async () => {
    expect((await trustTrimmed(await deviceWith(hash('2')), trimmed, opened, true)).likely).toBe('full');
  });
});
