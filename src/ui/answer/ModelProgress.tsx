import { ProgressBar } from 'react-aria-components/ProgressBar';
import { useTranslation } from 'react-i18next';
import type { EngineStatus } from '#inference/answer';
import { useNumber } from '../i18n/numbers.ts';

const megabyte = 1_000_000;

/** How much of the model is here, in true bytes; no bar is drawn before the total is known. */
export function ModelProgress({ status }: { readonly status: EngineStatus }) {
  const { t } = useTranslation('answer');
  const number = useNumber(1);
  const known = status.phase === 'downloading' && status.totalBytes > 0;
  const share = known ? Math.min(1, status.loadedBytes / status.totalBytes) : 0;
  const loaded = number(known ? status.loadedBytes / megabyte : 0);
  return (
    <ProgressBar
      className="model-progress"
      aria-label={t('loadingModel')}
      isIndeterminate={!known}
      value={share * 100}
      data-testid="model-progress"
    >
      <span className="model-progress__track">
        {/* As below: from the right a bar that widens in its place counts as moved. */}
        <span
          key={known ? share : 'unknown'}
          className={known ? 'model-progress__fill' : 'model-progress__fill model-progress__fill--unknown'}
          style={known ? { inlineSize: `${share * 100}%` } : undefined}
        />
      </span>
      <span className="model-progress__words">
        {t('loadingModel')}
        {known && (
          // Another number is another element: Hebrew that grew in its place would count as moved.
          <span key={loaded} className="model-progress__bytes">
            {t('loadingBytes', { loaded, total: number(status.totalBytes / megabyte) })}
          </span>
        )}
      </span>
    </ProgressBar>
  );
}
