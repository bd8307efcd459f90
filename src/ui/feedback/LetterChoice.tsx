import { useEffect, useRef } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { facesToLearn } from '#app/label-face';
import { useAppState } from '../app-context.tsx';
import { LabelGlyph } from '../letters/LabelGlyph.tsx';
import { useLabelFaces } from '../letters/use-label-faces.ts';
import { Icon } from '../shell/Icon.tsx';
import { useLetterKeys } from './use-letter-keys.ts';

type LetterChoiceProps = {
  /** What the model said: it is not among the likely ones, for it was wrong. */
  readonly label: string | null;
  /** Most probable first. */
  readonly candidates: readonly string[];
  readonly onChoose: (label: string) => void;
  readonly onBack: () => void;
};

/** The other candidates first, then the whole alphabet; or the letter's own key. */
export function LetterChoice({ label, candidates, onChoose, onBack }: LetterChoiceProps) {
  const { t } = useTranslation('feedback');
  const labels = useAppState((state) => state.labels);
  const all = facesToLearn(labels).map((face) => face.label);
  const likely = candidates.filter((one) => one !== label).slice(0, 4);
  const rest = all.filter((one) => one !== label && !likely.includes(one));
  const group = useRef<HTMLDivElement>(null);
  useLetterKeys(all, onChoose, onBack);

  useEffect(() => {
    const before = window.scrollY;
    group.current?.querySelector<HTMLElement>('[data-testid="feedback-choice"]')?.focus({ preventScroll: true });
    group.current?.scrollIntoView({ block: 'nearest', behavior: 'instant' });
    // On a phone the letters push the sheet out of sight; the next letter is written there.
    return () => window.scrollTo({ top: before, behavior: 'instant' });
  }, []);

  return (
    <div ref={group} className="letter-choice">
      <div className="letter-choice__head">
        <p>
          <strong>{t('choose')}</strong> <span className="letter-choice__keys">{t('chooseKeys')}</span>
        </p>
        <Button className="icon-button" aria-label={t('back')} onPress={onBack}>
          <Icon name="close" />
        </Button>
      </div>
      {likely.length > 0 && <Letters name={t('likely')} labels={likely} onChoose={onChoose} large />}
      <Letters name={t('allLetters')} labels={rest} onChoose={onChoose} />
    </div>
  );
}

type LettersProps = {
  readonly name: string;
  readonly labels: readonly string[];
  readonly onChoose: (label: string) => void;
  readonly large?: boolean;
};

function Letters({ name, labels, onChoose, large = false }: LettersProps) {
  const { faceOf, nameOf } = useLabelFaces();
  return (
    <div
      className={large ? 'letter-choice__keys-row letter-choice__keys-row--likely' : 'letter-choice__keys-row'}
      role="group"
      aria-label={name}
    >
      {labels.map((label) => (
        <Button
          key={label}
          className="letter-key"
          onPress={() => onChoose(label)}
          data-testid="feedback-choice"
          data-label={label}
        >
          <LabelGlyph face={faceOf(label)} className="letter-key__glyph" />
          <span className={large ? 'letter-key__name' : 'visually-hidden'}>{nameOf(label)}</span>
        </Button>
      ))}
    </div>
  );
}
