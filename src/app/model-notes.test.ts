import { expect, test } from 'vitest';
import type { EngineNote } from '#inference/answer';
import { ready } from '#inference/client.fixture';
import { changedOnSite, matterOf, notesOf } from './model-notes.ts';

const note = (code: EngineNote['code'], message = ''): EngineNote => ({ code, message });
const withNotes = (...notes: readonly EngineNote[]) => ({ ...ready, notes }) as typeof ready;

test('what is said of a note goes by what it means for the person', () => {
  const matters = (['catalog-expired', 'offline', 'quota-exceeded', 'cache-unavailable', 'hash-mismatch'] as const).map(
    (code) => matterOf(note(code)),
  );
  expect(matters.map(({ kind }) => kind)).toEqual(['expired', 'offline', 'unkept', 'unkept', 'refused']);
  expect(matters.at(-1)).toEqual({ kind: 'refused', code: 'hash-mismatch' });
});

test('a matter that was noted twice is told once, in its first words', () => {
  const status = withNotes(note('hash-mismatch', 'first'), note('offline'), note('hash-mismatch', 'second'));
  expect(notesOf(status)).toEqual([note('hash-mismatch', 'first'), note('offline')]);
});

test('an engine that has nothing to read with has no notes', () => {
  expect(notesOf({ phase: 'starting' })).toEqual([]);
  expect(changedOnSite({ phase: 'failed', code: 'offline', detail: '', reports: [] })).toBeNull();
});

test('a thing that was changed on the site is told apart from mere bad luck', () => {
  for (const code of ['offline', 'catalog-expired', 'file-missing', 'cache-unavailable', 'self-test-failed'] as const) {
    expect(changedOnSite(withNotes(note(code))), code).toBeNull();
  }
  for (const code of ['catalog-untrusted', 'catalog-invalid', 'manifest-invalid', 'hash-mismatch'] as const) {
    expect(changedOnSite(withNotes(note('offline'), note(code))), code).toEqual(note(code));
  }
});
