import { createInstance } from 'i18next';
import type { BackendModule, i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '#app/language';
import type { en } from './en/index.ts';
import { loadWords } from './words.ts';
import type { Words } from './words.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en;
  }
}

/** Speaks at once with the words at hand; another language is fetched when the page turns to it. */
export function createI18n(language: Language, atHand: Words): i18n {
  const instance = createInstance();
  void instance
    .use(initReactI18next)
    .use(otherLanguages(atHand))
    .init({
      lng: language,
      resources: { [language]: atHand },
      partialBundledLanguages: true,
      fallbackLng: false,
      ns: Object.keys(atHand),
      defaultNS: 'common',
      initAsync: false,
      react: { useSuspense: false },
      // React escapes by itself.
      interpolation: { escapeValue: false },
    });
  return instance;
}

/** Where a language cannot be fetched the page goes on in the words that it has, which are better than names of keys. */
function otherLanguages(atHand: Words): BackendModule {
  return {
    type: 'backend',
    init: () => undefined,
    read(language, namespace, done) {
      const known = (words: Words): void => done(null, { ...words[namespace as keyof Words] });
      loadWords(language === 'he' ? 'he' : 'en').then(known, () => known(atHand));
    },
  };
}
