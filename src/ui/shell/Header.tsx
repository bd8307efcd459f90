import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import type { Language } from '#app/language';
import { useApp, useAppState } from '../app-context.tsx';
import { Icon } from './Icon.tsx';
import { hashOf } from './routes.ts';
import type { Route } from './routes.ts';
import { useIsDark } from './use-theme.ts';

/** The name, the screens, the language, the light. */
export function Header({ route, routes }: { readonly route: Route; readonly routes: readonly Route[] }) {
  const { t } = useTranslation('common');
  return (
    <header className="header">
      <a className="brand" href={hashOf('draw')}>
        <span className="brand__mark script" lang="he" aria-hidden="true">
          כתב
        </span>
        <span className="brand__name">{t('appName')}</span>
      </a>
      <nav className="tabs" aria-label={t('mainNavigation')}>
        {routes.map((one) => (
          <a key={one} className="tab" href={hashOf(one)} aria-current={one === route ? 'page' : undefined}>
            <Icon name={one} />
            <span>{t(one)}</span>
          </a>
        ))}
      </nav>
      <LanguageSwitch />
      <ThemeSwitch />
    </header>
  );
}

function LanguageSwitch() {
  const { t } = useTranslation('common');
  const { preferences } = useApp();
  const language = useAppState((state) => state.language);
  const other: Language = language === 'he' ? 'en' : 'he';
  function change(): void {
    // The address asked for a language; what a person asks for now outlives it.
    const address = new URL(window.location.href);
    if (address.searchParams.has('lang')) {
      address.searchParams.delete('lang');
      window.history.replaceState(null, '', address);
    }
    preferences.speak(other);
  }
  return (
    <Button className="language-switch" onPress={change} lang={other} data-testid="language">
      {t('switchLanguage')}
    </Button>
  );
}

function ThemeSwitch() {
  const { t } = useTranslation('common');
  const { preferences } = useApp();
  const dark = useIsDark();
  return (
    <Button
      className="icon-button"
      aria-label={t(dark ? 'toLight' : 'toDark')}
      onPress={() => preferences.colour(dark ? 'light' : 'dark')}
      data-testid="theme"
    >
      <Icon name={dark ? 'sun' : 'moon'} />
    </Button>
  );
}
