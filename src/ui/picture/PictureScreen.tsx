import { Button } from 'react-aria-components/Button';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { useTranslation } from 'react-i18next';
import { hasAgreedToSend } from '#app/feedback-consent';
import { maxPictures } from '#app/picture-desk';
import { isSettled } from '#app/pictures/picture';
import type { Picture } from '#app/pictures/picture';
import { useAppState } from '../app-context.tsx';
import { FeedbackSwitch } from '../feedback/FeedbackSwitch.tsx';
import { useNumber } from '../i18n/numbers.ts';
import { PictureCard } from './PictureCard.tsx';
import { PictureIntake } from './PictureIntake.tsx';
import { useDeskState, usePictureDesk } from './use-picture-desk.ts';
import './picture.css';

/** Pictures in, a letter out of each, in the order in which they came. A new selection takes the old one's place. */
export function PictureScreen() {
  const { t } = useTranslation('picture');
  const desk = usePictureDesk('upload');
  const { pictures, surplus } = useDeskState(desk);
  const engine = useAppState((state) => state.engine);
  const sends = useAppState(({ preferences }) => hasAgreedToSend(preferences));
  const number = useNumber(0);
  const firstWaiting = pictures.find((one) => !isSettled(one))?.id;

  return (
    <div className="picture-screen">
      <div>
        <h1 className="page-title">{t('uploadTitle')}</h1>
        {pictures.length === 0 && <p className="lead">{t(sends ? 'uploadLeadSends' : 'uploadLead')}</p>}
      </div>
      <PictureIntake onFiles={desk.take} small={pictures.length > 0} />
      {surplus > 0 && (
        <p className="picture-screen__surplus" role="status">
          {t('surplus', { limit: number(maxPictures), count: surplus })}
        </p>
      )}
      {pictures.length > 1 && <Progress pictures={pictures} onStop={desk.stop} onClear={desk.clear} />}
      <ol className="picture-list" aria-label={t('results')} hidden={pictures.length === 0}>
        {pictures.map((picture, index) => (
          <li key={picture.id}>
            <PictureCard
              picture={picture}
              name={picture.name ?? t('unnamed', { number: number(index + 1) })}
              desk={desk}
              source="upload"
              alone={pictures.length === 1}
              // The model's way here is told once, not on every card.
              engine={picture.id === firstWaiting ? engine : undefined}
            />
          </li>
        ))}
      </ol>
      <FeedbackSwitch />
    </div>
  );
}

type ProgressProps = {
  readonly pictures: readonly Picture[];
  readonly onStop: () => void;
  readonly onClear: () => void;
};

function Progress({ pictures, onStop, onClear }: ProgressProps) {
  const { t } = useTranslation('picture');
  const number = useNumber(0);
  const done = pictures.filter(isSettled).length;
  const count = pictures.length;
  const words = t('progress', { done: number(done), count });
  return (
    <div className="picture-progress">
      <ProgressBar
        className="picture-progress__bar"
        aria-label={t('progressLabel')}
        value={done}
        maxValue={count}
        valueLabel={words}
      >
        {({ percentage = 0 }) => (
          <>
            <span className="picture-progress__words">{words}</span>
            <span className="model-progress__track">
              <span className="model-progress__fill" style={{ inlineSize: `${percentage}%` }} />
            </span>
          </>
        )}
      </ProgressBar>
      {done < count && (
        <Button className="button button--quiet" onPress={onStop} data-testid="stop">
          {t('stop')}
        </Button>
      )}
      <Button className="button button--quiet" onPress={onClear}>
        {t('clear')}
      </Button>
      <p className="visually-hidden" role="status">
        {done === count ? words : ''}
      </p>
    </div>
  );
}
