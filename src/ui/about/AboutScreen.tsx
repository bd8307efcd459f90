import { Radio, RadioGroup } from 'react-aria-components/RadioGroup';
import { Label } from 'react-aria-components/Label';
import { Switch } from 'react-aria-components/Switch';
import { useTranslation } from 'react-i18next';
import type { BackendChoice, Theme } from '#app/preferences';
import { useApp, useAppState } from '../app-context.tsx';
import { ConfigSection } from '../install/ConfigSection.tsx';
import { StorageSection } from '../storage/StorageSection.tsx';
import { BackendTable } from './BackendTable.tsx';
import { ModelLabels } from './ModelLabels.tsx';
import { ModelNotes } from './ModelNotes.tsx';
import './about.css';

const backendChoices: readonly BackendChoice[] = ['auto', 'wasm', 'webgl', 'webgpu'];
const themes = [
  ['system', 'themeSystem'],
  ['light', 'themeLight'],
  ['dark', 'themeDark'],
] as const;

/** Who reads, by what means, and what stays here. */
export function AboutScreen() {
  const { t } = useTranslation(['about', 'common', 'answer']);
  const status = useAppState((state) => state.engine);
  return (
    <div className="about">
      <h1 className="page-title">{t('title')}</h1>
      <p className="lead">{t('lead')}</p>

      <section>
        <h2>{t('privacyTitle')}</h2>
        <p>{t('privacy')}</p>
      </section>

      <section>
        <h2>{t('readerTitle')}</h2>
        <dl className="facts">
          <dt>{t('status')}</dt>
          <dd data-testid="engine" data-phase={status.phase}>
            {t(`phase.${status.phase}`)}
          </dd>
          <dt>{t('model')}</dt>
          <dd>
            <bdi>{status.phase === 'ready' ? status.model : t('noModel')}</bdi>
          </dd>
          {status.phase === 'ready' && (
            <>
              <dt>{t('version')}</dt>
              <dd>
                <bdi>{status.version}</bdi>
              </dd>
              <dt>{t('reads')}</dt>
              <dd data-testid="reads">
                <ModelLabels labels={status.labels} />
              </dd>
            </>
          )}
          <dt>{t('build')}</dt>
          <dd>
            <bdi>{__APP_BUILD__}</bdi>
          </dd>
        </dl>
        <ModelNotes status={status} />
        <p className="about__limits">{t('limits')}</p>
      </section>

      <section>
        <h2>{t('backendsTitle')}</h2>
        <p>{t('backendsIntro')}</p>
        <BackendTable status={status} />
      </section>

      <StorageSection />
      <ConfigSection />

      <Settings />

      <p className="about__typefaces">{t('typefaces')}</p>
    </div>
  );
}

function Settings() {
  const { t } = useTranslation(['about', 'common', 'answer']);
  const actions = useApp().preferences;
  const preferences = useAppState((state) => state.preferences);
  return (
    <section className="settings">
      <h2>{t('settingsTitle')}</h2>
      <RadioGroup
        className="choices"
        value={preferences.theme}
        onChange={(value) => {
          const theme: Theme | undefined = themes.map(([name]) => name).find((name) => name === value);
          if (theme !== undefined) actions.colour(theme);
        }}
      >
        <Label>{t('common:theme')}</Label>
        {themes.map(([theme, word]) => (
          <Radio key={theme} value={theme} className="choice">
            {t(`common:${word}`)}
          </Radio>
        ))}
      </RadioGroup>
      <RadioGroup
        className="choices"
        value={preferences.backend}
        onChange={(value) => {
          const choice = backendChoices.find((one) => one === value);
          if (choice !== undefined) actions.backend(choice);
        }}
      >
        <Label>{t('backendChoice')}</Label>
        {backendChoices.map((choice) => (
          <Radio key={choice} value={choice} className="choice">
            {choice === 'auto' ? t('backendAuto') : t(`answer:backendName.${choice}`)}
          </Radio>
        ))}
        <p className="choices__hint">{t('backendChoiceHint')}</p>
      </RadioGroup>
      <Switch className="switch" isSelected={preferences.stylusOnly} onChange={actions.stylusOnly}>
        <span className="switch__track" aria-hidden="true" />
        {t('stylusOnly')}
      </Switch>
    </section>
  );
}
