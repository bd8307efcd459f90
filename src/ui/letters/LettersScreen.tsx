import { useTranslation } from 'react-i18next';
import { alphabet } from '#app/alphabet';
import { LetterCard } from './LetterCard.tsx';

/** All letters, side by side. */
export function LettersScreen() {
  const { t } = useTranslation('letters');
  return (
    <>
      <h1 className="page-title">{t('title')}</h1>
      <p className="lead">{t('intro')}</p>
      <ul className="letters">
        {alphabet.map((letter) => (
          <li key={letter.label} className="letters__card" data-testid="letter" data-label={letter.label}>
            <LetterCard letter={letter} />
          </li>
        ))}
      </ul>
      <p className="letters__source">{t('source')}</p>
    </>
  );
}
