import type { Language } from './language.ts';
import type { BackendChoice, Preferences, Theme } from './preferences.ts';
import type { PreferencesStorage } from './preferences-edge.ts';
import type { AppStore } from './store.ts';

export type PreferenceActions = {
  speak(language: Language): void;
  colour(theme: Theme): void;
  stylusOnly(on: boolean): void;
  /** Takes effect when the page is loaded again. */
  backend(choice: BackendChoice): void;
  feedback(change: Partial<FeedbackPreferences>): void;
};

export type FeedbackPreferences = Pick<
  Preferences,
  'feedback' | 'feedbackConsent' | 'feedbackAdvance' | 'unmeteredOnly'
>;

/** Choices hold at once, and for the next visit where the browser keeps them. */
export function createPreferenceActions(store: AppStore, storage: PreferencesStorage): PreferenceActions {
  function prefer(change: Partial<Preferences>): void {
    const preferences = { ...store.getState().preferences, ...change };
    store.setState({ preferences });
    storage.save(preferences);
  }
  return {
    speak(language) {
      store.setState({ language });
      prefer({ language });
    },
    colour: (theme) => prefer({ theme }),
    stylusOnly: (on) => prefer({ stylusOnly: on }),
    backend: (backend) => prefer({ backend }),
    feedback: prefer,
  };
}
