import { useId, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { Switch } from 'react-aria-components/Switch';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { mayRecord } from '#app/feedback-consent';
import { useApp, useAppState } from '../app-context.tsx';
import { AdaptationFigures } from './AdaptationFigures.tsx';
import './adaptation.css';

/** Turns learning a hand on and off, says what came of it, and takes it back. */
export function AdaptationPanel() {
  const { t } = useTranslation('adaptation');
  const { adaptation } = useApp();
  const { on, working, report, failed } = useStore(adaptation.store);
  const records = useAppState((state) => mayRecord(state.preferences));
  const [forgotten, setForgotten] = useState(false);
  const heading = useId();
  const learnt = report !== null && report.verified > 0;
  return (
    <section
      className="adaptation"
      aria-labelledby={heading}
      data-testid="adaptation"
      data-state={failed ? 'failed' : !on ? 'off' : working ? 'working' : report?.helps === false ? 'resting' : 'on'}
      data-verified={report?.verified ?? 0}
      data-wrong-before={report?.wrongBefore}
      data-wrong-after={report?.wrongAfter}
    >
      <h2 id={heading}>{t('title')}</h2>
      <p>{t('explain')}</p>
      <Switch
        className="switch"
        isSelected={on}
        onChange={(wanted) => {
          setForgotten(false);
          void adaptation.turn(wanted);
        }}
        data-testid="adaptation-toggle"
      >
        <span className="switch__track" aria-hidden="true" />
        {t('toggle')}
      </Switch>
      {failed && <p role="alert">{t('failed')}</p>}
      <div role="status">
        {on && !failed && working && <p>{t('working')}</p>}
        {on && !failed && !records && <p>{t('needsRecords')}</p>}
        {forgotten && !learnt && <p>{t('forgotten')}</p>}
        {on && !failed && !working && !learnt && !forgotten && <p>{t('nothingYet')}</p>}
        {learnt && <AdaptationFigures report={report} />}
      </div>
      {learnt && (
        <div className="adaptation__forget">
          <Button
            className="button"
            onPress={() => void adaptation.forget().then(() => setForgotten(true))}
            data-testid="adaptation-forget"
          >
            {t('forget')}
          </Button>
          <p>{t('forgets')}</p>
        </div>
      )}
    </section>
  );
}
