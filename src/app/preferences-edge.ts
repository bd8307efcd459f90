import { readPreferences } from './preferences.ts';
import type { Preferences } from './preferences.ts';

/** Where preferences are kept between visits. */
export type PreferencesStorage = {
  load(): Preferences;
  /** False when they could not be kept: private mode, storage full or forbidden. */
  save(preferences: Preferences): boolean;
};

/** version 1: first release. */
const KEY = 'ktav.preferences.1';

/** localStorage, where there is one. Merely naming it throws in some browsers when cookies are blocked. */
export function localPreferences(): PreferencesStorage {
  return {
    load() {
      try {
        return readPreferences(JSON.parse(localStorage.getItem(KEY) ?? 'null'));
      } catch {
        // Not allowed or not JSON: as on a first visit.
        return readPreferences(null);
      }
    },
    save(preferences) {
      try {
        localStorage.setItem(KEY, JSON.stringify(preferences));
        return true;
      } catch {
        // They last as long as the page; nothing else depends on them.
        return false;
      }
    },
  };
}
