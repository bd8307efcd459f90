import { useTranslation } from 'react-i18next';
import type { SyncProblem, SyncState } from '#feedback/sync-contract';

/** How the sending stands, in sentences. */
export function SyncWords({ sync }: { readonly sync: SyncState }) {
  const { t, i18n } = useTranslation('feedback');
  const format = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium', timeStyle: 'short' });
  const time = (at: number): string => format.format(new Date(at));
  const { phase, problem, lastSent, nextTry } = sync;
  return (
    <>
      {problem !== null && <p className="feedback-problem">{problemWords(problem)}</p>}
      <p className="send__times">
        {phase === 'elsewhere' && `${t('syncElsewhere')} `}
        {lastSent !== null && `${t('syncLast', { time: time(lastSent) })} `}
        {nextTry !== null && problem !== null && t('syncNext', { time: time(nextTry) })}
      </p>
    </>
  );

  function problemWords(problem: SyncProblem): string {
    const status = 'status' in problem && problem.status > 0 ? String(problem.status) : t('noStatus');
    const reason = 'reason' in problem ? problem.reason : '';
    return t(`syncProblem.${problem.kind}`, { status, reason });
  }
}
