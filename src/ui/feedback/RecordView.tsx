import { useEffect, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { codeOf } from '#app/feedback-actions';
import type { Judgement } from '#app/feedback';
import type { FeedbackRoom } from '#app/feedback-room';
import type { OutboxErrorCode } from '#feedback/outbox';
import type { FeedbackRecord } from '#feedback/record';
import { LetterChoice } from './LetterChoice.tsx';
import { RecordFacts } from './RecordFacts.tsx';
import { SaveProblem } from './SaveProblem.tsx';
import './ask-bar.css';

type RecordViewProps = {
  readonly room: FeedbackRoom;
  readonly id: string;
  readonly onWithdrawn: () => void;
};

/** One record: look at it, change what was said, take it back. */
export function RecordView({ room, id, onWithdrawn }: RecordViewProps) {
  const { t } = useTranslation('feedback');
  const [record, setRecord] = useState<FeedbackRecord | null>(null);
  const [choosing, setChoosing] = useState(false);
  const [problem, setProblem] = useState<OutboxErrorCode | null>(null);
  const [said, setSaid] = useState('');

  useEffect(() => {
    let gone = false;
    async function read(): Promise<void> {
      try {
        const found = await room.outbox.get(id);
        if (gone) return;
        setRecord(found);
        setProblem(found === null ? 'not-found' : null);
      } catch (error) {
        if (!gone) setProblem(codeOf(error));
      }
    }
    void read();
    return () => {
      gone = true;
    };
  }, [room, id]);

  async function attempt(change: () => Promise<void>): Promise<void> {
    setProblem(null);
    try {
      await change();
    } catch (error) {
      setProblem(codeOf(error));
    }
  }
  const revise = (judgement: Judgement): Promise<void> =>
    attempt(async () => {
      setRecord(await room.outbox.revise(id, { ...judgement, time: new Date().toISOString() }));
      setChoosing(false);
      setSaid(t('changed'));
    });
  const withdraw = (): Promise<void> =>
    attempt(async () => {
      await room.outbox.withdraw(id, new Date().toISOString());
      onWithdrawn();
    });

  const trouble = problem !== null && <SaveProblem title={t('recordTitle')} code={problem} />;
  if (record === null) return trouble;
  const predicted = record.prediction.label;
  return (
    <>
      {trouble}
      <RecordFacts record={record} />
      {choosing ? (
        <LetterChoice
          label={predicted}
          candidates={record.prediction.top.map(({ label }) => label)}
          onChoose={(label) => void revise({ verdict: label === predicted ? 'confirmed' : 'corrected', label })}
          onBack={() => setChoosing(false)}
        />
      ) : (
        <div className="ask-bar__row">
          <Button
            className="ask-button ask-button--right"
            isDisabled={predicted === null || record.verdict === 'confirmed'}
            onPress={() => predicted !== null && void revise({ verdict: 'confirmed', label: predicted })}
          >
            {t('right')}
          </Button>
          <Button className="ask-button" onPress={() => setChoosing(true)} data-testid="record-change">
            {t(predicted === null ? 'nameIt' : 'wrong')}
          </Button>
          <Button
            className="ask-button"
            isDisabled={record.verdict === 'unreadable'}
            onPress={() => void revise({ verdict: 'unreadable', label: null })}
          >
            {t('unreadable')}
          </Button>
        </div>
      )}
      <Button className="link-button link-button--danger" onPress={() => void withdraw()} data-testid="record-withdraw">
        {t('withdraw')}
      </Button>
      <p className="visually-hidden" role="status">
        {said}
      </p>
    </>
  );
}
