import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import type { Amount, ListedVersion, StorageReport } from '#app/storage-edge';
import { useAppState } from '../app-context.tsx';
import { useByteSize } from './use-byte-size.ts';

type KeptListProps = { readonly report: StorageReport; readonly onAsk: (kept: ListedVersion) => void };

/** What is kept, a line each. */
export function KeptList({ report, onAsk }: KeptListProps) {
  const { t } = useTranslation('install');
  const size = useByteSize();
  const { shell, runtime, models, looseBytes, whole, persisted } = report;
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
        {models.map((kept) => (
          <Version key={kept.manifestSha256} kept={kept} onAsk={() => onAsk(kept)} />
        ))}
        {looseBytes > 0 && (
          <div className="storage__line" data-testid="kept" data-kind="loose" data-bytes={looseBytes}>
            <dt>{t('storageLoose')}</dt>
            <dd>{size(looseBytes)}</dd>
          </div>
        )}
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

function Version({ kept, onAsk }: { readonly kept: ListedVersion; readonly onAsk: () => void }) {
  const { t } = useTranslation('install');
  const size = useByteSize();
  const engine = useAppState((state) => state.engine);
  const { model, version, bytes, isInUse } = kept;
  const answers = engine.phase === 'ready' && engine.model === model && engine.version === version;
  const use = answers ? 'here' : isInUse ? 'elsewhere' : 'none';
  return (
    <div
      className="storage__line"
      data-testid="kept"
      data-kind="model"
      data-version={version}
      data-use={use}
      data-bytes={bytes}
    >
      <dt>{t('storageModel', { name: model, version })}</dt>
      <dd>
        {use === 'here' && t('storageAnswers', { size: size(bytes) })}
        {use === 'elsewhere' && t('storageInUse', { size: size(bytes) })}
        {use === 'none' && size(bytes)}
      </dd>
      {use === 'none' && (
        <dd>
          <Button
            className="button button--quiet"
            aria-label={t('storageRemoveNamed', { name: model, version })}
            onPress={onAsk}
            data-testid="remove-version"
          >
            {t('storageRemove')}
          </Button>
        </dd>
      )}
    </div>
  );
}
