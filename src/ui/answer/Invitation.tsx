import { useTranslation } from 'react-i18next';
import type { ReactNode } from 'react';

type InvitationProps = {
  /** In place of the question, while it is being read. */
  readonly title?: string | undefined;
  readonly hint: string;
  /** Under the hint. */
  readonly children?: ReactNode;
};

/** The head of a card that has nothing to show yet. index.html paints it on a first visit, before React is there. */
export function Invitation({ title, hint, children }: InvitationProps) {
  const { t } = useTranslation('answer');
  return (
    <div className="verdict verdict--idle">
      <span className="verdict__glyph verdict__glyph--ghost" aria-hidden="true" />
      <div className="verdict__words">
        <p className="verdict__name">{title ?? t('idleTitle')}</p>
        <p className="verdict__advice">{hint}</p>
        {children}
      </div>
    </div>
  );
}
