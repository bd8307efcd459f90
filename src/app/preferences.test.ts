import { expect, test, vi } from 'vitest';
import { defaultPreferences, readPreferences } from './preferences.ts';
import { localPreferences } from './preferences-edge.ts';

test('a field that is broken costs only itself', () => {
  const stored = { language: 'he', theme: 'sepia', stylusOnly: 1, backend: 'wasm', later: true };
  expect(readPreferences(stored)).toEqual({ ...defaultPreferences, language: 'he', backend: 'wasm' });
});

test('what is no record gives the defaults', () => {
  for (const stored of [null, undefined, 'x', 3, []]) expect(readPreferences(stored)).toEqual(defaultPreferences);
});

test('storage that is forbidden or holds no JSON is a first visit', () => {
  vi.stubGlobal('localStorage', {
    getItem: () => '{"half',
    setItem: () => {
      throw new DOMException('full', 'QuotaExceededError');
    },
  });
  const storage = localPreferences();
  expect(storage.load()).toEqual(defaultPreferences);
  expect(storage.save(defaultPreferences)).toBe(false);
  vi.unstubAllGlobals();
});
