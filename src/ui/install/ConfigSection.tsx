import { useTranslation } from 'react-i18next';
import { useAppState } from '../app-context.tsx';

/** For whoever runs the site: where it runs, and what is wrong with its config.json. Visitors of a sound one see nothing. */
export function ConfigSection() {
  const { t } = useTranslation('install');
  const { environment } = useAppState((state) => state.config);
  const problems = useAppState((state) => state.configProblems);
  if (environment === 'production' && problems.length === 0) return null;
  return (
    <section>
      <h2>{t('configTitle')}</h2>
      <dl className="facts">
        <dt>{t('configEnvironment')}</dt>
        <dd>{t(`environment.${environment}`)}</dd>
      </dl>
      {problems.length > 0 && (
        <>
          <p>{t('configProblems')}</p>
          <ul data-testid="config-problems" dir="ltr" lang="en">
            {problems.map((problem) => (
              <li key={problem}>{problem}</li>
            ))}
          </ul>
          <p>{t('configHelp')}</p>
        </>
      )}
    </section>
  );
}
