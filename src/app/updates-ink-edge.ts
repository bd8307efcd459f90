import type { Ink } from '#glyph/ink';
import { readKeptInk } from './updates-ink.ts';

/** version 1: first release. */
const KEY = 'ktav.ink.1';

/** For the same tab's next page. False where nothing can be kept. */
export function keepInk(ink: Ink): boolean {
  try {
    sessionStorage.setItem(KEY, JSON.stringify(ink));
    return true;
  } catch {
    return false;
  }
}

/** What the page before kept, once; a page that is loaded again by hand starts with a clean sheet. */
export function keptInk(): Ink {
  try {
    const kept = sessionStorage.getItem(KEY);
    sessionStorage.removeItem(KEY);
    return readKeptInk(JSON.parse(kept ?? '[]'));
  } catch {
    // Forbidden, or no JSON: a clean sheet.
    return [];
  }
}
