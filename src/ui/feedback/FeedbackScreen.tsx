import { useTranslation } from 'react-i18next';
import { mayRecord } from '#app/feedback-consent';
import { AdaptationPanel } from '../adaptation/AdaptationPanel.tsx';
import { useAppState } from '../app-context.tsx';
import { FeedbackSwitch } from './FeedbackSwitch.tsx';
import { RecordsPart } from './RecordsPart.tsx';
import { useRoom } from './use-room.ts';
import { SaveProblem } from './SaveProblem.tsx';
import './feedback-screen.css';
import './records.css';

/** What this device holds of a person's word, and what becomes of it. */
export function FeedbackScreen() {
  const { t } = useTranslation('feedback');
  const on = useAppState((state) => mayRecord(state.preferences));
  const { room, problem, again } = useRoom();
  return (
    <div className="feedback-screen">
      <h1 className="page-title">{t('title')}</h1>
      <p className="lead">{t(on ? 'lead' : 'leadOff')}</p>
      <FeedbackSwitch />
      <AdaptationPanel />
      {problem !== null && <SaveProblem title={t('title')} code={problem} onRetry={again} />}
      {room === null && problem === null && <p role="status">{t('loadingRecords')}</p>}
      {room !== null && room.restored > 0 && (
        <p role="status" data-testid="feedback-restored" data-count={room.restored}>
          {t('restored', { count: room.restored })}
        </p>
      )}
      {room !== null && <RecordsPart room={room} />}
    </div>
  );
}
