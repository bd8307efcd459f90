import { Component } from 'react';
import type { ReactNode } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';

type ScreenBoundaryProps = { readonly children: ReactNode };
type ScreenBoundaryState = { readonly failed: boolean };

/** A screen whose code does not arrive (offline, a new version in between) or breaks takes only itself down. */
export class ScreenBoundary extends Component<ScreenBoundaryProps, ScreenBoundaryState> {
  override state: ScreenBoundaryState = { failed: false };

  static getDerivedStateFromError(): ScreenBoundaryState {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <ScreenFailed /> : this.props.children;
  }
}

function ScreenFailed() {
  const { t } = useTranslation('common');
  return (
    <div className="screen-failed" role="alert">
      <h1>{t('screenFailed')}</h1>
      <p>{t('screenFailedNext')}</p>
      {/* A module that failed to load stays failed in this document. */}
      <Button className="button" onPress={() => window.location.reload()}>
        {t('reload')}
      </Button>
    </div>
  );
}
