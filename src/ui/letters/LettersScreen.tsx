import { useTranslation } from 'react-i18next';
import { facesToLearn } from '#app/label-face';
import type { LabelFace } from '#app/label-face';
import { useAppState } from '../app-context.tsx';
import { languageOfPage } from '../i18n/numbers.ts';
import { LabelGlyph } from './LabelGlyph.tsx';
import { LetterCard } from './LetterCard.tsx';

/** All that the model reads, side by side: Hebrew letters as they are learnt, anything else by sign and name. */
export function LettersScreen() {
  const { t } = useTranslation('letters');
  const labels = useAppState((state) => state.labels);
  const faces = facesToLearn(labels);
  const hebrew = faces.every(({ letter }) => letter !== null);
  return (
    <>
      <h1 className="page-title">{t(hebrew ? 'title' : 'ownTitle')}</h1>
      <p className="lead">{t(hebrew ? 'intro' : 'ownIntro', { total: faces.length })}</p>
      <ul className={hebrew ? 'letters letters--hebrew' : 'letters'}>
        {faces.map((face) => (
          <li key={face.label} className="letters__card" data-testid="letter" data-label={face.label}>
            {face.letter === null ? <OwnCard face={face} /> : <LetterCard letter={face.letter} />}
          </li>
        ))}
      </ul>
      {hebrew && <p className="letters__source">{t('source')}</p>}
    </>
  );
}

/** A label that only its manifest tells of. */
function OwnCard({ face }: { readonly face: LabelFace }) {
  const { i18n } = useTranslation();
  return (
    <div className="letter-card letter-card--own">
      <LabelGlyph face={face} className="letter-card__sign" />
      <p className="letter-card__name">{face.names[languageOfPage(i18n.language)]}</p>
    </div>
  );
}
