import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { changedOnSite, matterOf } from '#app/model-notes';
import { useApp, useAppState } from '../app-context.tsx';
import './notice.css';

export type NoticeTopic = 'update' | 'install' | 'share-failed' | 'model-refused';

type NoticeProps = { readonly topic: NoticeTopic; readonly onRefusalRead: () => void };

/** What there is to say, and what can be done about it. */
export function Notice({ topic, onRefusalRead }: NoticeProps) {
  return (
    <section className="app-notice" data-testid="notice" data-topic={topic}>
      {topic === 'model-refused' && <ModelRefused onRead={onRefusalRead} />}
      {topic === 'update' && <Update />}
      {topic === 'install' && <Install />}
      {topic === 'share-failed' && <ShareFailed />}
    </section>
  );
}

/** Something on the site is not what was signed: who can do something about it should hear of it. */
function ModelRefused({ onRead }: { readonly onRead: () => void }) {
  const { t } = useTranslation(['install', 'about', 'failure']);
  const engine = useAppState((state) => state.engine);
  const note = changedOnSite(engine);
  const matter = note === null ? null : matterOf(note);
  if (engine.phase !== 'ready' || matter?.kind !== 'refused') return null;
  return (
    <>
      <p>
        <strong>{t(`failure:${matter.code}.happened`)}</strong> {t('about:note.readsOn', { version: engine.version })}{' '}
        {t('about:note.next')}
      </p>
      <div className="app-notice__actions">
        <Button className="button button--quiet" onPress={onRead}>
          {t('understood')}
        </Button>
      </div>
    </>
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
