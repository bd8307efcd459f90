import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { lastAnswer } from '#app/reading';
import type { EngineStatus } from '#inference/answer';
import { AdaptedNote } from '../adaptation/AdaptedNote.tsx';
import { AnswerDetails } from './AnswerDetails.tsx';
import { Announcement } from './Announcement.tsx';
import { CandidateBars } from './CandidateBars.tsx';
import { Verdict } from './Verdict.tsx';
import { hooksOf } from './reading-view.ts';
import type { CardReading } from './reading-view.ts';
import './answer-card.css';
import './answer-details.css';
import './answer-card-wide.css';

export type { CardReading, FailureMessage } from './reading-view.ts';

export type AnswerCardProps = {
  /** What to show. Comes as a value: a page may hold many cards, one for each picture. */
  readonly reading: CardReading;
  /** Said while there is nothing to read yet. */
  readonly idleHint: string;
  /** Accessible name, e.g. the name of the picture; "Answer" without one. */
  readonly name?: string | undefined;
  /** Where the model stands, so that waiting for its download shows true progress; leave it out where that is shown elsewhere. */
  readonly engine?: EngineStatus | undefined;
  /** Puts a button under a failure. */
  readonly onRetry?: (() => void) | undefined;
  /** Whether a screen reader is told of this answer when it settles. false while a pen is down and for long lists. */
  readonly announce?: boolean | undefined;
  /** compact: for lists of pictures; letter and bars without the large print form. */
  readonly size?: 'full' | 'compact' | undefined;
  /** Asks whether the answer was right; stands under the bars. */
  readonly ask?: React.ReactNode;
};

/** One answer: the letter, how sure, what else it might be, and where it came from. */
export function AnswerCard(props: AnswerCardProps) {
  const { reading, idleHint, name, engine, onRetry, announce = true, size = 'full', ask } = props;
  const { t } = useTranslation('answer');
  const headingId = useId();
  const answered = reading.kind === 'refused' ? null : lastAnswer(reading);
  return (
    <section
      className={`answer-card answer-card--${size}`}
      data-testid="prediction"
      {...hooksOf(reading)}
      aria-labelledby={headingId}
      aria-busy={reading.kind === 'loading'}
    >
      <h2 id={headingId} className="visually-hidden">
        {name ?? t('regionName')}
      </h2>
      <Verdict reading={reading} idleHint={idleHint} engine={engine} onRetry={onRetry} />
      <CandidateBars answer={answered?.answer ?? null} />
      <div className="answer-card__foot">
        <AdaptedNote answer={answered?.answer ?? null} />
        {ask}
        <AnswerDetails answer={answered?.answer ?? null} />
      </div>
      {announce && <Announcement reading={reading} />}
    </section>
  );
}
