import { lazy, Suspense } from 'react';
import type { Subject } from '#app/feedback-actions';
import { mayRecord } from '#app/feedback-consent';
import { pictureForRecord } from '#app/feedback-crop-edge';
import type { DeskName } from '#app/picture-desks';
import type { PictureDesk } from '#app/picture-desk';
import type { Picture } from '#app/pictures/picture';
import { useAppState } from '../app-context.tsx';
import { candidateLabels, labelOfAnswer } from './answer-labels.ts';
import { AskPlaceholder } from './AskPlaceholder.tsx';
import { PartBoundary } from './PartBoundary.tsx';

const AskBar = lazy(() => import('./AskBar.tsx').then((m) => ({ default: m.AskBar })));

type PictureAskProps = { readonly picture: Picture; readonly desk: PictureDesk; readonly source: DeskName };

/** Asks about the answer to a picture, where the person wishes to be asked. */
export function PictureAsk({ picture, desk, source }: PictureAskProps) {
  const on = useAppState((state) => state.config.features.feedback && mayRecord(state.preferences));
  const { id, reading } = picture;
  if (!on || reading.kind === 'refused' || reading.kind === 'failed') return null;
  const key = `${source}-${id}`;
  const answered = reading.kind === 'answered' ? reading : null;

  function subject(): Subject | null {
    const now = desk.store.getState().pictures.find((one) => one.id === id);
    if (now?.reading.kind !== 'answered') return null;
    const { answer, request } = now.reading;
    const { edit } = now;
    const original = desk.original(id);
    return {
      key,
      request,
      answer,
      source,
      drawn: null,
      picture: original === null ? null : () => pictureForRecord(original, edit, answer.inkBox),
    };
  }

  return (
    <PartBoundary>
      <Suspense fallback={<AskPlaceholder />}>
        <AskBar
          place={key}
          request={answered?.request ?? null}
          subject={subject}
          label={labelOfAnswer(answered?.answer)}
          candidates={candidateLabels(answered?.answer)}
        />
      </Suspense>
    </PartBoundary>
  );
}
