import { useTranslation } from 'react-i18next';
import type { BackendReport, EngineStatus } from '#inference/answer';
import { useNumber } from '../i18n/numbers.ts';

/** Every backend's story on this device. */
export function BackendTable({ status }: { readonly status: EngineStatus }) {
  const { t } = useTranslation(['about', 'answer']);
  const milliseconds = useNumber(1);
  const reports = status.phase === 'ready' || status.phase === 'failed' ? status.reports : [];
  if (reports.length === 0) return <p className="about__waiting">{t(`phase.${status.phase}`)}</p>;
  return (
    <div className="backends">
      {reports.map((report) => (
        <article
          key={report.backend}
          className="backend"
          data-testid="backend"
          data-state={report.state}
          data-runtime={report.runtime}
        >
          <h3>
            <bdi>{t(`answer:backendName.${report.backend}`)}</bdi>
            <span className="backend__state">{t(`backendState.${report.state}`)}</span>
          </h3>
          <dl className="facts">
            {report.runtime !== undefined && (
              <>
                <dt>{t('runtime')}</dt>
                <dd>{t(`runtimeName.${report.runtime}`)}</dd>
              </>
            )}
            {report.selfTestMs !== null && (
              <>
                <dt>{t('selfTest')}</dt>
                <dd>{t('answer:milliseconds', { value: milliseconds(report.selfTestMs) })}</dd>
              </>
            )}
            {report.largestError !== null && (
              <>
                <dt>{t('error')}</dt>
                <dd>
                  <bdi>{report.largestError === 0 ? '0' : report.largestError.toExponential(1)}</bdi>
                </dd>
              </>
            )}
            <Reason report={report} />
          </dl>
        </article>
      ))}
    </div>
  );
}

function Reason({ report }: { readonly report: BackendReport }) {
  const { t } = useTranslation(['about', 'failure']);
  if (report.reason === null && report.detail === null) return null;
  return (
    <>
      <dt>{t('reason')}</dt>
      <dd>
        {report.reason !== null && t(`failure:${report.reason}.happened`)}{' '}
        {report.detail !== null && (
          <bdi className="backend__detail" lang="en">
            {report.detail}
          </bdi>
        )}
      </dd>
    </>
  );
}
