import { useTranslation } from 'react-i18next';
import { useAppState } from '../app-context.tsx';
import './environment-badge.css';

/** So that nobody takes a trial for the real thing. Nothing in production. */
export function EnvironmentBadge() {
  const { t } = useTranslation('install');
  const environment = useAppState((state) => state.config.environment);
  const wrong = useAppState((state) => state.configProblems.length > 0);
  if (environment === 'production') return null;
  return (
    <p className="environment-badge" data-testid="environment" data-environment={environment}>
      {t(`environment.${environment}`)}
      {wrong && ' · config.json!'}
    </p>
  );
}
