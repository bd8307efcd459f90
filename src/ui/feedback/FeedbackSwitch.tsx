import { lazy, Suspense } from 'react';
import { Switch } from 'react-aria-components/Switch';
import { useTranslation } from 'react-i18next';
import { mayRecord } from '#app/feedback-consent';
import { useApp, useAppState } from '../app-context.tsx';
import { PartBoundary } from './PartBoundary.tsx';
import { useFeedbackState } from './use-feedback.ts';
import './feedback-switch.css';

const ConsentDialog = lazy(() => import('./ConsentDialog.tsx').then((m) => ({ default: m.ConsentDialog })));

type FeedbackSwitchProps = {
  /** Whether there is a sheet that can be cleared after each answer. */
  readonly withAdvance?: boolean;
};

/** Turns the questions on and off. Before the first one it explains what comes of them. */
export function FeedbackSwitch({ withAdvance = false }: FeedbackSwitchProps) {
  const { t } = useTranslation('feedback');
  const { feedback, preferences } = useApp();
  const offered = useAppState((state) => state.config.features.feedback);
  const on = useAppState((state) => mayRecord(state.preferences));
  const advance = useAppState((state) => state.preferences.feedbackAdvance);
  const consentAsked = useFeedbackState((state) => state.consentAsked);
  if (!offered) return null;
  return (
    <div className="feedback-switch">
      <Switch
        className="switch"
        isSelected={on}
        onChange={(wanted) => void feedback.turn(wanted)}
        data-testid="feedback-toggle"
      >
        <span className="switch__track" aria-hidden="true" />
        {t('toggle')}
      </Switch>
      {withAdvance && on && (
        <Switch
          className="switch"
          isSelected={advance}
          onChange={(feedbackAdvance) => preferences.feedback({ feedbackAdvance })}
          data-testid="feedback-advance"
        >
          <span className="switch__track" aria-hidden="true" />
          {t('advance')}
        </Switch>
      )}
      {consentAsked && (
        <PartBoundary>
          <Suspense fallback={null}>
            <ConsentDialog />
          </Suspense>
        </PartBoundary>
      )}
    </div>
  );
}
