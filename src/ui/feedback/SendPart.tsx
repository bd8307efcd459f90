import { Button } from 'react-aria-components/Button';
import { ProgressBar } from 'react-aria-components/ProgressBar';
import { useTranslation } from 'react-i18next';
import { maySend } from '#app/feedback-consent';
import type { FeedbackRoom } from '#app/feedback-room';
import { useApp, useAppState } from '../app-context.tsx';
import { useNumber } from '../i18n/numbers.ts';
import { ParkedBatches } from './ParkedBatches.tsx';
import { SyncWords } from './SyncWords.tsx';
import { useFeedbackState } from './use-feedback.ts';

/** What waits, what is on its way, what went wrong, and the two buttons. */
export function SendPart({ room }: { readonly room: FeedbackRoom }) {
  const { t } = useTranslation('feedback');
  const { feedback } = useApp();
  const number = useNumber(0);
  const preferences = useAppState((state) => state.preferences);
  const plan = useFeedbackState((state) => state.plan);
  const sync = useFeedbackState((state) => state.sync);
  const waiting = useFeedbackState((state) => state.counts?.waiting ?? 0);
  const place = plan?.destination ?? '';
  const allowed = maySend(preferences, place);
  const sending = sync?.phase === 'sending';

  return (
    <section
      className="send"
      aria-label={t('sendTitle')}
      data-testid="sync"
      data-phase={sync?.phase}
      data-problem={sync?.problem?.kind}
    >
      <div className="send__words" role="status">
        <p>
          {waiting > 0 ? t('syncDue', { count: waiting, total: number(waiting) }) : t('syncNothing')}{' '}
          {place === '' ? (
            t('syncNoPlace')
          ) : allowed ? (
            <bdi className="send__place">{t('syncPlace', { place })}</bdi>
          ) : preferences.feedback ? (
            t('syncOtherPlace', { place })
          ) : (
            t('syncOff')
          )}
        </p>
        {sync !== null && allowed && <SyncWords sync={sync} />}
      </div>
      {place !== '' && preferences.feedback && !allowed && (
        <Button className="button button--quiet" onPress={() => void feedback.explain()}>
          {t('syncReview')}
        </Button>
      )}
      {sending && sync.total > 0 && (
        <ProgressBar
          className="send__bar"
          aria-label={t('sendTitle')}
          value={sync.done}
          maxValue={sync.total}
          valueLabel={t('syncProgress', { done: number(sync.done), total: number(sync.total) })}
        >
          {({ percentage = 0, valueText }) => (
            <>
              <span className="model-progress__track">
                <span className="model-progress__fill" style={{ inlineSize: `${percentage}%` }} />
              </span>
              <span className="send__progress">{valueText}</span>
            </>
          )}
        </ProgressBar>
      )}
      <div className="feedback-part__actions">
        <Button
          className="button"
          isDisabled={!allowed || sending}
          onPress={() => void room.sync.now()}
          data-testid="sync-now"
        >
          {t('syncNow')}
        </Button>
        {sending && (
          <Button className="button button--quiet" onPress={() => room.sync.cancel()} data-testid="sync-cancel">
            {t('syncCancel')}
          </Button>
        )}
      </div>
      <ParkedBatches room={room} />
    </section>
  );
}
