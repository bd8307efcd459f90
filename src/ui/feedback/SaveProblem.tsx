import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import type { OutboxErrorCode } from '#feedback/outbox';

type SaveProblemProps = {
  readonly title: string;
  readonly code: OutboxErrorCode;
  readonly onRetry?: () => void;
  readonly onDismiss?: () => void;
};

/** What happened to a record, what was kept, what to do. */
export function SaveProblem({ title, code, onRetry, onDismiss }: SaveProblemProps) {
  const { t } = useTranslation(['feedback', 'common']);
  return (
    <div className="feedback-problem" role="alert" data-testid="feedback-problem" data-problem={code}>
      <p className="feedback-problem__title">{title}</p>
      <p>
        {t(`problem.${code}.happened`)} {t(`problem.${code}.kept`)} {t(`problem.${code}.next`)}
      </p>
      <div className="feedback-problem__actions">
        {code === 'outdated' ? (
          <Button className="button" onPress={() => window.location.reload()}>
            {t('common:reload')}
          </Button>
        ) : (
          onRetry !== undefined && (
            <Button className="button" onPress={onRetry} data-testid="feedback-retry">
              {t('common:tryAgain')}
            </Button>
          )
        )}
        {onDismiss !== undefined && (
          <Button className="button button--quiet" onPress={onDismiss}>
            {t('dismiss')}
          </Button>
        )}
      </div>
    </div>
  );
}
