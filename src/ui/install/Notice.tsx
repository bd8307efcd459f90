import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { useApp } from '../app-context.tsx';
import './notice.css';

export type NoticeTopic = 'update' | 'install' | 'share-failed';

/** What there is to say, and what can be done about it. */
export function Notice({ topic }: { readonly topic: NoticeTopic }) {
  return (
    <section className="app-notice" data-testid="notice" data-topic={topic}>
      {topic === 'update' ? <Update /> : topic === 'install' ? <Install /> : <ShareFailed />}
    </section>
  );
}

function Update() {
  const { t } = useTranslation('install');
  const { updates } = useApp();
  const taking = useStore(updates.store).phase === 'taking';
  return (
    <>
      <p>
        <strong>{t('updateTitle')}</strong> {t('updateKept')}
      </p>
      <div className="app-notice__actions">
        <Button className="button" isDisabled={taking} onPress={updates.take}>
          {t(taking ? 'updateTaking' : 'updateNow')}
        </Button>
        <Button className="button button--quiet" isDisabled={taking} onPress={updates.later}>
          {t('notNow')}
        </Button>
      </div>
    </>
  );
}

function Install() {
  const { t } = useTranslation('install');
  const { installing } = useApp();
  const byHand = useStore(installing.store).kind === 'by-hand';
  return (
    <>
      <p>
        <strong>{t('offerTitle')}</strong> {t(byHand ? 'offerByHand' : 'offer')}
      </p>
      <div className="app-notice__actions">
        {!byHand && (
          <Button className="button" onPress={() => void installing.accept()}>
            {t('offerYes')}
          </Button>
        )}
        <Button className="button button--quiet" onPress={installing.dismiss}>
          {t(byHand ? 'understood' : 'notNow')}
        </Button>
      </div>
    </>
  );
}

function ShareFailed() {
  const { t } = useTranslation('install');
  const { store } = useApp();
  return (
    <>
      <p>{t('shareFailed')}</p>
      <div className="app-notice__actions">
        <Button className="button button--quiet" onPress={() => store.setState({ shareFailed: false })}>
          {t('understood')}
        </Button>
      </div>
    </>
  );
}
