import { useTranslation } from 'react-i18next';
import { useNumber } from '../i18n/numbers.ts';
import { useFeedbackState } from './use-feedback.ts';

const kinds = ['kept', 'waiting', 'sent', 'refused'] as const;

/** How many records there are, and where they stand. */
export function OutboxCounts() {
  const { t } = useTranslation('feedback');
  const number = useNumber(0);
  const counts = useFeedbackState((state) => state.counts);
  return (
    <dl
      className="outbox"
      aria-label={t('countsLabel')}
      data-testid="outbox"
      data-kept={counts?.kept}
      data-waiting={counts?.waiting}
      data-sent={counts?.sent}
      data-refused={counts?.refused}
    >
      {kinds.map((kind) => (
        <div key={kind} className={`outbox__count outbox__count--${kind}`}>
          <dt>{t(kind)}</dt>
          <dd>{counts === null ? '–' : number(counts[kind])}</dd>
        </div>
      ))}
    </dl>
  );
}
