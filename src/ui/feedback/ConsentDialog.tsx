import { Button } from 'react-aria-components/Button';
import { Dialog } from 'react-aria-components/Dialog';
import { Heading } from 'react-aria-components/Heading';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslation } from 'react-i18next';
import { useApp } from '../app-context.tsx';
import { useFeedbackState } from './use-feedback.ts';
import './consent.css';

/** What a person agrees to, before anything is recorded. */
export function ConsentDialog() {
  const { t } = useTranslation(['feedback', 'common']);
  const { feedback } = useApp();
  const plan = useFeedbackState((state) => state.plan);
  const failed = useFeedbackState((state) => state.planFailed);
  const goes =
    plan === null
      ? t('consent.looking')
      : plan.destination === ''
        ? t('consent.goesNowhere')
        : t('consent.goes', { place: plan.destination });
  return (
    <ModalOverlay className="overlay" isOpen onOpenChange={(open) => !open && feedback.decline()}>
      <Modal className="modal">
        <Dialog className="dialog consent">
          <Heading slot="title" className="dialog__title">
            {t('consent.title')}
          </Heading>
          <p>{t('consent.lead')}</p>
          <dl className="consent__points">
            <dt>{t('consent.holdsTitle')}</dt>
            <dd>{t('consent.holds')}</dd>
            <dt>{t('consent.staysTitle')}</dt>
            <dd>{t('consent.stays')}</dd>
            <dt>{t('consent.goesTitle')}</dt>
            <dd className="consent__place">{goes}</dd>
            <dt>{t('consent.deleteTitle')}</dt>
            <dd>{t('consent.delete')}</dd>
          </dl>
          <p>{t('consent.before')}</p>
          {failed && (
            <p className="feedback-problem" role="alert">
              {t('consent.failed')}{' '}
              <Button className="link-button" onPress={() => void feedback.explain()}>
                {t('common:tryAgain')}
              </Button>
            </p>
          )}
          <div className="dialog__actions">
            <Button className="button button--quiet" onPress={feedback.decline}>
              {t('consent.decline')}
            </Button>
            <Button
              className="button"
              isDisabled={plan === null}
              onPress={feedback.agree}
              data-testid="feedback-consent"
            >
              {t('consent.agree')}
            </Button>
          </div>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
