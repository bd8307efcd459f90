import { Component } from 'react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

type PartBoundaryProps = { readonly children: ReactNode };
type PartBoundaryState = { readonly failed: boolean };

/** Feedback whose code does not arrive takes no drawing and no answer down with it. */
export class PartBoundary extends Component<PartBoundaryProps, PartBoundaryState> {
  override state: PartBoundaryState = { failed: false };

  static getDerivedStateFromError(): PartBoundaryState {
    return { failed: true };
  }

  override render(): ReactNode {
    return this.state.failed ? <PartFailed /> : this.props.children;
  }
}

function PartFailed() {
  const { t } = useTranslation('feedback');
  return (
    <p className="feedback-part-failed" role="alert">
      {t('partFailed')}
    </p>
  );
}
