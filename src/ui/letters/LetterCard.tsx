import { useTranslation } from 'react-i18next';
import { letterOf } from '#app/alphabet';
import type { Letter } from '#app/alphabet';
import { languageOfPage } from '../i18n/numbers.ts';
import { StrokeExample } from './StrokeExample.tsx';
import './letters.css';

/** One letter: its name, print and script, its other form, and how it is written. */
export function LetterCard({ letter }: { readonly letter: Letter }) {
  const { t, i18n } = useTranslation('letters');
  const language = languageOfPage(i18n.language);
  const other = language === 'en' ? 'he' : 'en';
  const otherForm = letterOf(letter.finalForm ?? letter.baseForm ?? '');
  return (
    <div className="letter-card">
      <div className="letter-card__forms" lang="he">
        <figure>
          <span className="letter-card__script script" aria-hidden="true">
            {letter.char}
          </span>
          <figcaption lang={i18n.language}>{t('script')}</figcaption>
        </figure>
        <figure>
          <span className="letter-card__print print" aria-hidden="true">
            {letter.char}
          </span>
          <figcaption lang={i18n.language}>{t('print')}</figcaption>
        </figure>
      </div>
      <p className="letter-card__name">
        {letter.names[language]} <span lang={other}>{letter.names[other]}</span>
      </p>
      {otherForm !== null && (
        <p className="letter-card__other">
          {t(letter.finalForm === null ? 'elsewhere' : 'endOfWord', { name: otherForm.names[language] })}
          <span className="script" lang="he" aria-hidden="true">
            {otherForm.char}
          </span>
        </p>
      )}
      <StrokeExample letter={letter} />
    </div>
  );
}
