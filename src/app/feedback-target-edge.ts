import { readOwnTarget } from './feedback-target.ts';
import type { OwnTarget } from './feedback-target.ts';

/** version 1: first release. */
const KEY = 'ktav.sync-target.1';

/** What the person set, as of the last visit. Storage that is forbidden or holds no JSON is a first visit. */
export function loadOwnTarget(base: string): OwnTarget {
  try {
    return readOwnTarget(JSON.parse(localStorage.getItem(KEY) ?? 'null'), base);
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof DOMException) return { kind: 'site' };
    throw error;
  }
}

/** False when it could not be kept: it then holds for this visit. */
export function saveOwnTarget(own: OwnTarget): boolean {
  try {
    localStorage.setItem(KEY, JSON.stringify(own));
    return true;
  } catch {
    return false;
  }
}
