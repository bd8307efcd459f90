/** Pure: which label a key of the keyboard means. */

/** Where the letters lie on a Hebrew keyboard (SI 1452), by the key's place, whatever layout is switched on. */
const places: Readonly<Record<string, string>> = {
  KeyE: 'ק',
  KeyR: 'ר',
  KeyT: 'א',
  KeyY: 'ט',
  KeyU: 'ו',
  KeyI: 'ן',
  KeyO: 'ם',
  KeyP: 'פ',
  KeyA: 'ש',
  KeyS: 'ד',
  KeyD: 'ג',
  KeyF: 'כ',
  KeyG: 'ע',
  KeyH: 'י',
  KeyJ: 'ח',
  KeyK: 'ל',
  KeyL: 'ך',
  Semicolon: 'ף',
  KeyZ: 'ז',
  KeyX: 'ס',
  KeyC: 'ב',
  KeyV: 'ה',
  KeyB: 'נ',
  KeyN: 'מ',
  KeyM: 'צ',
  Comma: 'ת',
  Period: 'ץ',
};

export type Key = {
  readonly key: string;
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
};

/**
 * The label whose sign the key writes; signs are one character each, by label. Where the key writes none of them, its
 * place on a Hebrew keyboard counts: nobody need switch the layout to name a letter. null: neither.
 */
export function labelOfKey(pressed: Key, signs: ReadonlyMap<string, string>): string | null {
  if (pressed.ctrlKey || pressed.metaKey || pressed.altKey) return null;
  const labels = new Map([...signs].map(([label, sign]) => [sign.toLowerCase(), label]));
  const written = labels.get(pressed.key.toLowerCase());
  if (written !== undefined) return written;
  return labels.get(places[pressed.code] ?? '') ?? null;
}
