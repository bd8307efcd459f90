import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { readStorage, removeModel } from '#app/storage-edge';
import type { Amount, StorageReport } from '#app/storage-edge';
import { useAppState } from '../app-context.tsx';
import { useByteSize } from './use-byte-size.ts';
import './storage.css';

/** What was done last, said aloud. */
type Done = { readonly kind: 'removed'; readonly version: string } | { readonly kind: 'failed' } | null;

/** What lies on this device so that the app works without a network, how large it is, and what can go. */
export function StorageSection() {
  const { t } = useTranslation('install');
  const [report, setReport] = useState<StorageReport | 'looking' | 'none'>('looking');
  const [done, setDone] = useState<Done>(null);
  const [round, setRound] = useState(0);
  // When the engine becomes ready, a model has come.
  const phase = useAppState((state) => state.engine.phase);

  useEffect(() => {
    let gone = false;
    readStorage().then(
      (read) => !gone && setReport(read),
      () => !gone && setReport('none'),
    );
    return () => {
      gone = true;
    };
  }, [round, phase]);

  async function remove(manifestSha256: string, version: string): Promise<void> {
    try {
      await removeModel(manifestSha256);
      setDone({ kind: 'removed', version });
    } catch {
      setDone({ kind: 'failed' });
    }
    setRound((before) => before + 1);
  }

  return (
    <section className="storage" data-testid="storage">
      <h2>{t('storageTitle')}</h2>
      {report === 'looking' ? (
        <p>{t('storageLooking')}</p>
      ) : report === 'none' ? (
        <p>{t('storageNone')}</p>
      ) : (
        <Kept report={report} onRemove={(sha, version) => void remove(sha, version)} />
      )}
      <p role="status">
        {done?.kind === 'removed' && t('storageRemoved', { version: done.version })}
        {done?.kind === 'failed' && t('storageRemoveFailed')}
      </p>
    </section>
  );
}

type KeptProps = {
  readonly report: StorageReport;
  readonly onRemove: (manifestSha256: string, version: string) => void;
};

function Kept({ report, onRemove }: KeptProps) {
  const { t } = useTranslation('install');
  const size = useByteSize();
  const engine = useAppState((state) => state.engine);
  const { shell, runtime, models, whole, persisted } = report;
  const amount = ({ bytes, files }: Amount): string => t('storageFiles', { count: files, size: size(bytes) });
  return (
    <>
      <p>{t('storageIntro')}</p>
      <dl className="storage__list">
        <div className="storage__line" data-testid="kept" data-kind="app" data-bytes={shell.bytes}>
          <dt>{t('storageApp')}</dt>
          <dd>{amount(shell)}</dd>
        </div>
        <div className="storage__line" data-testid="kept" data-kind="runtime" data-bytes={runtime.bytes}>
          <dt>{t('storageRuntime')}</dt>
          <dd>{amount(runtime)}</dd>
        </div>
        {models.map(({ model, version, manifestSha256, bytes }) => {
          const answers = engine.phase === 'ready' && engine.model === model && engine.version === version;
          return (
            <div key={manifestSha256} className="storage__line" data-testid="kept" data-kind="model" data-bytes={bytes}>
              <dt>{t('storageModel', { name: model, version })}</dt>
              <dd>{answers ? t('storageAnswers', { size: size(bytes) }) : size(bytes)}</dd>
              {!answers && (
                <dd>
                  <Button
                    className="button button--quiet"
                    aria-label={t('storageRemoveNamed', { name: model, version })}
                    onPress={() => onRemove(manifestSha256, version)}
                  >
                    {t('storageRemove')}
                  </Button>
                </dd>
              )}
            </div>
          );
        })}
        {whole !== null && (
          <div className="storage__line">
            <dt>{t('storageWhole')}</dt>
            <dd>{t('storageOf', { used: size(whole.usage), allowed: size(whole.quota) })}</dd>
          </div>
        )}
      </dl>
      {shell.builds > 1 && <p>{t('storageTwoBuilds')}</p>}
      <p className="about__limits">{t(persisted ? 'storagePersisted' : 'storageNotPersisted')}</p>
    </>
  );
}
