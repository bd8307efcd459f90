import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { directionOf } from '#app/language';
import type { Language } from '#app/language';
import { useAppState } from '../app-context.tsx';

/** Speaks the language of the store, and tells the document which it is and which way it runs. */
export function useLanguageOfPage(): Language {
  const { i18n } = useTranslation();
  const language = useAppState((state) => state.language);
  useEffect(() => {
    if (i18n.language !== language) void i18n.changeLanguage(language);
    document.documentElement.lang = language;
    document.documentElement.dir = directionOf(language);
  }, [i18n, language]);
  return language;
}
