import { lazy, Suspense, useEffect, useRef } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { useTranslation } from 'react-i18next';
import { DrawScreen } from '../draw/DrawScreen.tsx';
import { ElsewhereIntake } from '../picture/ElsewhereIntake.tsx';
import { EnvironmentBadge } from '../install/EnvironmentBadge.tsx';
import { NoticeSlot } from '../install/NoticeSlot.tsx';
import { Header } from './Header.tsx';
import { ScreenBoundary } from './ScreenBoundary.tsx';
import { Staged } from './Staged.tsx';
import { useAppState } from '../app-context.tsx';
import { shownRoutes, useRoute } from './routes.ts';
import type { Route } from './routes.ts';
import { useLanguageOfPage } from './use-language.ts';
import { useThemeOfPage } from './use-theme.ts';
import './shell.css';

// The drawing sheet is aboard from the start; the other screens come when they are asked for.
const screens: Readonly<Record<Route, ComponentType | LazyExoticComponent<ComponentType>>> = {
  draw: DrawScreen,
  upload: lazy(() => import('../picture/PictureScreen.tsx').then((m) => ({ default: m.PictureScreen }))),
  camera: lazy(() => import('../camera/CameraScreen.tsx').then((m) => ({ default: m.CameraScreen }))),
  letters: lazy(() => import('../letters/LettersScreen.tsx').then((m) => ({ default: m.LettersScreen }))),
  feedback: lazy(() => import('../feedback/FeedbackScreen.tsx').then((m) => ({ default: m.FeedbackScreen }))),
  about: lazy(() => import('../about/AboutScreen.tsx').then((m) => ({ default: m.AboutScreen }))),
};

/** What is around every screen. */
export function Shell() {
  const { t } = useTranslation('common');
  const shown = shownRoutes(useAppState((state) => state.config.features));
  const asked = useRoute();
  const route = shown.includes(asked) ? asked : 'draw';
  const language = useLanguageOfPage();
  useThemeOfPage();
  const main = useRef<HTMLElement>(null);
  const firstRoute = useRef(route);

  useEffect(() => {
    document.title = route === 'draw' ? t('appName') : `${t(route)} · ${t('appName')}`;
  }, [route, t]);
  useEffect(() => {
    // A new screen: reading goes on at its beginning. Not at the first one, where the browser's own order holds.
    if (firstRoute.current === route) return;
    firstRoute.current = route;
    main.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, [route]);

  const Screen = screens[route];
  return (
    <I18nProvider locale={language === 'he' ? 'he-IL' : 'en-GB'}>
      <a
        className="skip-link"
        href="#main"
        onClick={(event) => {
          // The hash belongs to the routes.
          event.preventDefault();
          main.current?.focus();
        }}
      >
        {t('skipToContent')}
      </a>
      <Staged as="header" before={<div className="header" />}>
        <Header route={route} routes={shown} />
      </Staged>
      <main ref={main} id="main" className="main" tabIndex={-1}>
        <ScreenBoundary key={route}>
          <Suspense fallback={<p className="screen-loading">{t('loadingScreen')}</p>}>
            <Screen />
          </Suspense>
        </ScreenBoundary>
      </main>
      <Staged as="rest">
        {route !== 'upload' && <ElsewhereIntake />}
        <NoticeSlot />
        <EnvironmentBadge />
      </Staged>
    </I18nProvider>
  );
}
