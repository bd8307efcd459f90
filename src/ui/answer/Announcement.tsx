import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { usePercent } from '../i18n/numbers.ts';
import { useLabelFaces } from '../letters/use-label-faces.ts';
import { abstentionKey, surenessOf } from './reading-view.ts';
import type { CardReading } from './reading-view.ts';

/** A hand rests this long when the letter is finished; before that, speech would chatter over the writing. */
const SETTLE_MS = 700;

/** Tells a screen reader the answer once it has settled. Failures speak for themselves by role=alert. */
export function Announcement({ reading }: { readonly reading: CardReading }) {
  const { t } = useTranslation('answer');
  const percent = usePercent();
  const { nameOf } = useLabelFaces();
  const [said, setSaid] = useState('');
  const words = wordsFor();

  useEffect(() => {
    const timer = setTimeout(() => setSaid(words), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [words]);

  return (
    <p className="visually-hidden" role="status">
      {said}
    </p>
  );

  function wordsFor(): string {
    if (reading.kind !== 'answered') return '';
    const { prediction } = reading.answer;
    if (prediction.kind === 'abstention') {
      const key = abstentionKey(prediction.reason);
      return t('announceAbstention', { title: t(`abstain.${key}.title`), advice: t(`abstain.${key}.advice`) });
    }
    return t('announceLetter', {
      name: nameOf(prediction.label),
      percent: percent(prediction.probability),
      sureness: t(surenessOf(prediction.probability)),
    });
  }
}
