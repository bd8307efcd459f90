import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readStorage, removeModel } from '#app/storage-edge';
import type { ListedVersion, StorageReport } from '#app/storage-edge';
import { useAppState } from '../app-context.tsx';
import { KeptList } from './KeptList.tsx';
import './storage.css';

const RemoveDialog = lazy(() => import('./RemoveDialog.tsx').then((m) => ({ default: m.RemoveDialog })));

/** What was done last, said aloud. */
type Done = { readonly kind: 'removed' | 'in-use'; readonly version: string } | { readonly kind: 'failed' } | null;

/** What lies on this device so that the app works without a network, how large it is, and what can go. */
export function StorageSection() {
  const { t } = useTranslation('install');
  const [report, setReport] = useState<StorageReport | 'looking' | 'none'>('looking');
  const [asking, setAsking] = useState<ListedVersion | null>(null);
  const [done, setDone] = useState<Done>(null);
  const [round, setRound] = useState(0);
  const heading = useRef<HTMLHeadingElement>(null);
  // It says that it is ready again when another version takes over, and once a model is remembered as a good one.
  const reads = useAppState(({ engine }) => (engine.phase === 'ready' ? engine : engine.phase));

  useEffect(() => {
    let gone = false;
    const look = (): void => {
      readStorage().then(
        (read) => !gone && setReport(read),
        () => !gone && setReport('none'),
      );
    };
    // Another tab may have come or gone while this one was not looked at.
    const lookAgain = (): void => {
      if (document.visibilityState === 'visible') look();
    };
    look();
    document.addEventListener('visibilitychange', lookAgain);
    return () => {
      gone = true;
      document.removeEventListener('visibilitychange', lookAgain);
    };
  }, [round, reads]);

  async function remove(kept: ListedVersion): Promise<void> {
    setAsking(null);
    try {
      setDone({ kind: await removeModel(kept), version: kept.version });
    } catch {
      setDone({ kind: 'failed' });
    }
    setRound((before) => before + 1);
    // The button that was pressed goes with its version.
    heading.current?.focus();
  }

  return (
    <section className="storage" data-testid="storage">
      <h2 ref={heading} tabIndex={-1}>
        {t('storageTitle')}
      </h2>
      {report === 'looking' ? (
        <p>{t('storageLooking')}</p>
      ) : report === 'none' ? (
        <p>{t('storageNone')}</p>
      ) : (
        <KeptList report={report} onAsk={setAsking} />
      )}
      <p role="status">
        {done?.kind === 'removed' && t('storageRemoved', { version: done.version })}
        {done?.kind === 'in-use' && t('storageRemoveBusy', { version: done.version })}
        {done?.kind === 'failed' && t('storageRemoveFailed')}
      </p>
      {asking !== null && (
        <Suspense fallback={null}>
          <RemoveDialog kept={asking} onRemove={() => void remove(asking)} onClose={() => setAsking(null)} />
        </Suspense>
      )}
    </section>
  );
}
