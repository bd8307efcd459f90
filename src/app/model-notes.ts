import type { EngineErrorCode, EngineNote, EngineStatus } from '#inference/answer';

/**
 * Pure: what a person is told of the notes that the engine took.
 * expired: the signed list is past its date. refused: something newer was turned away, and an older version reads on.
 * offline: nobody could be asked. unkept: the model does not stay on this device.
 */
export type NoteMatter =
  { readonly kind: 'expired' | 'offline' | 'unkept' } | { readonly kind: 'refused'; readonly code: EngineErrorCode };

export function matterOf({ code }: EngineNote): NoteMatter {
  switch (code) {
    case 'catalog-expired':
      return { kind: 'expired' };
    case 'offline':
      return { kind: 'offline' };
    case 'cache-unavailable':
    case 'quota-exceeded':
      return { kind: 'unkept' };
    default:
      return { kind: 'refused', code };
  }
}

/** Each matter once, the first word on it: a catalog that is refused is noted again when the last good version serves. */
export function notesOf(status: EngineStatus): readonly EngineNote[] {
  const notes = status.phase === 'ready' ? (status.notes ?? []) : [];
  return notes.filter(({ code }, index) => notes.findIndex((other) => other.code === code) === index);
}

const changed: readonly EngineNote['code'][] = [
  'catalog-untrusted',
  'catalog-invalid',
  'manifest-invalid',
  'model-unsafe',
  'hash-mismatch',
];

/** The note that something on the site is not what was signed, or null: worth a word on every screen. */
export function changedOnSite(status: EngineStatus): EngineNote | null {
  return notesOf(status).find(({ code }) => changed.includes(code)) ?? null;
}
