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
    const turn = (): void => {
      // Meanwhile the person may have turned back.
      if (i18n.language !== language) return;
      document.documentElement.lang = language;
      document.documentElement.dir = directionOf(language);
    };
    if (i18n.language === language) turn();
    else void i18n.changeLanguage(language).then(turn);
  }, [i18n, language]);
  return language;
}
