import { createInstance } from 'i18next';
import type { i18n } from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Language } from '#app/language';
import { en } from './en/index.ts';
import { he } from './he/index.ts';

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common';
    resources: typeof en;
  }
}

/** Both languages are aboard, so that switching needs no network and the first paint waits for nothing. */
export function createI18n(language: Language): i18n {
  const instance = createInstance();
  void instance.use(initReactI18next).init({
    lng: language,
    resources: { en, he },
    defaultNS: 'common',
    initAsync: false,
    // React escapes by itself.
    interpolation: { escapeValue: false },
  });
  return instance;
}
