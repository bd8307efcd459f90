import { lazy, Suspense } from 'react';
import { mayRecord } from '#app/feedback-consent';
import { useApp, useAppState } from '../app-context.tsx';
import { candidateLabels, labelOfAnswer } from './answer-labels.ts';
import { AskPlaceholder } from './AskPlaceholder.tsx';
import { PartBoundary } from './PartBoundary.tsx';

const AskBar = lazy(() => import('./AskBar.tsx').then((m) => ({ default: m.AskBar })));

/** Asks about the answer to the sheet, where the person wishes to be asked. */
export function SheetAsk() {
  const { feedback, store } = useApp();
  const on = useAppState((state) => state.config.features.feedback && mayRecord(state.preferences));
  const reading = useAppState((state) => state.reading);
  const penDown = useAppState((state) => state.penDown);
  if (!on) return null;
  // While the pen is down answers come and go; only one to finished ink is asked about.
  const answered = reading.kind === 'answered' && !penDown ? reading : null;
  return (
    <PartBoundary>
      <Suspense fallback={<AskPlaceholder />}>
        <AskBar
          place="draw"
          request={answered?.request ?? null}
          subject={() => {
            // As it is at the moment of the tap, not as it was when this was drawn.
            const { reading, penDown } = store.getState();
            return reading.kind === 'answered' && !penDown ? feedback.subjectOfSheet(reading) : null;
          }}
          label={labelOfAnswer(answered?.answer)}
          candidates={candidateLabels(answered?.answer)}
        />
      </Suspense>
    </PartBoundary>
  );
}
