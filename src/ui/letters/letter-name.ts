import { useTranslation } from 'react-i18next';
import { letterOf } from '#app/alphabet';
import { languageOfPage } from '../i18n/numbers.ts';

/** Name of a label in the language of the page; the label itself when the model reads other things than letters. */
export function useLetterName(): (label: string) => string {
  const { i18n } = useTranslation();
  const language = languageOfPage(i18n.language);
  return (label) => letterOf(label)?.names[language] ?? label;
}
