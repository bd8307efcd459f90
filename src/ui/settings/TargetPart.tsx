import { useState } from 'react';
import { Label } from 'react-aria-components/Label';
import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { Switch } from 'react-aria-components/Switch';
import { useTranslation } from 'react-i18next';
import { useApp, useAppState } from '../app-context.tsx';
import { useFeedbackState } from '../feedback/use-feedback.ts';
import { TargetForm } from './TargetForm.tsx';
import './settings.css';

const kinds = ['site', 'nowhere', 'own'] as const;

/** Where records go: as the site says, nowhere, or to a place of the person's own. */
export function TargetPart() {
  const { t } = useTranslation('feedback');
  const { feedback, preferences } = useApp();
  const unmetered = useAppState((state) => state.preferences.unmeteredOnly);
  const plan = useFeedbackState((state) => state.plan);
  /** "A place of my own" is chosen, and not filled in yet. */
  const [filling, setFilling] = useState(false);
  const [lost, setLost] = useState(false);
  if (plan === null) return null;
  const { own, site, siteProblem } = plan;

  async function choose(kind: string): Promise<void> {
    setFilling(kind === 'own');
    if (kind === 'site' || kind === 'nowhere') setLost(!(await feedback.sendTo({ kind })));
  }

  return (
    <div className="feedback-part">
      <RadioGroup className="choices" value={filling ? 'own' : own.kind} onChange={(kind) => void choose(kind)}>
        <Label className="visually-hidden">{t('targetTitle')}</Label>
        {kinds.map((kind) => (
          <Radio key={kind} value={kind} className="choice" data-testid={`target-${kind}`}>
            <span>
              {t(kind === 'site' ? 'targetSite' : kind === 'nowhere' ? 'targetNowhere' : 'targetOwn')}
              {kind === 'site' && (
                <bdi className="choice__place">{site === null ? t('targetSiteNowhere') : site.baseUrl}</bdi>
              )}
            </span>
          </Radio>
        ))}
      </RadioGroup>
      {siteProblem !== null && <p className="feedback-problem">{t('siteWrong', { reason: siteProblem })}</p>}
      {(filling || own.kind === 'own') && (
        <TargetForm
          target={own.kind === 'own' ? own.target : null}
          onTarget={async (target) => {
            setLost(!(await feedback.sendTo({ kind: 'own', target })));
            setFilling(false);
          }}
        />
      )}
      {lost && <p role="status">{t('targetNotKept')}</p>}
      <Switch
        className="switch"
        isSelected={unmetered}
        onChange={(unmeteredOnly) => preferences.feedback({ unmeteredOnly })}
        data-testid="sync-unmetered"
      >
        <span className="switch__track" aria-hidden="true" />
        {t('unmetered')}
      </Switch>
      <p className="choices__hint">{t('unmeteredHint')}</p>
    </div>
  );
}
