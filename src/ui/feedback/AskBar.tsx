import { useEffect, useRef } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { placeFor } from '#app/feedback';
import type { Judgement } from '#app/feedback';
import type { Subject } from '#app/feedback-actions';
import { useApp } from '../app-context.tsx';
import { Icon } from '../shell/Icon.tsx';
import { LetterChoice } from './LetterChoice.tsx';
import { SaveProblem } from './SaveProblem.tsx';
import { SavedNote } from './SavedNote.tsx';
import { useFeedbackState } from './use-feedback.ts';
import { useJudgementWords } from './use-judgement-words.ts';
import './ask-bar.css';

type AskBarProps = {
  /** The place that shows answers: 'draw', or a desk and the number of its picture. */
  readonly place: string;
  /** The answer that stands here for good; null while there is none. */
  readonly request: number | null;
  readonly subject: () => Subject | null;
  /** What the model says it is; null where it names nothing. */
  readonly label: string | null;
  /** Most probable first. */
  readonly candidates: readonly string[];
};

/** Right, wrong or unreadable: one tap, and a second one to say which letter it is. */
export function AskBar({ place: key, request, subject, label, candidates }: AskBarProps) {
  const { t } = useTranslation('feedback');
  const { feedback } = useApp();
  const place = useFeedbackState((state) => state.places[key]);
  const { asking, saved } = placeFor(place, request);
  const words = useJudgementWords();
  const bar = useRef<HTMLDivElement>(null);
  const wasChoosing = useRef(false);
  const choosing = asking.kind === 'choosing' && request !== null;
  const settled = asking.kind === 'saved';

  useEffect(() => {
    // The letters took the focus; where they go, it must not fall to the page's beginning.
    if (wasChoosing.current && !choosing && document.activeElement === document.body) bar.current?.focus();
    wasChoosing.current = choosing;
  }, [choosing]);

  function judge(judgement: Judgement): void {
    const about = subject();
    if (about !== null) void feedback.judge(about, judgement);
  }
  function ask(what: 'choose' | 'askAgain'): void {
    const about = subject();
    if (about !== null) feedback[what](about);
  }

  if (asking.kind === 'failed') {
    return (
      <div className="ask-bar" ref={bar} tabIndex={-1}>
        <SaveProblem
          title={t('failedTitle', { what: words(asking.judgement) })}
          code={asking.code}
          onRetry={() => void feedback.retry(key)}
          onDismiss={() => feedback.dismiss(key)}
        />
      </div>
    );
  }
  return (
    <div className="ask-bar" ref={bar} tabIndex={-1} role="group" aria-label={t('ask')}>
      {settled && saved !== null ? (
        <SavedNote saved={saved} onUndo={() => void feedback.undo(key)} />
      ) : choosing ? (
        <LetterChoice
          label={label}
          candidates={candidates}
          onChoose={(chosen) => judge({ verdict: chosen === label ? 'confirmed' : 'corrected', label: chosen })}
          onBack={() => ask('askAgain')}
        />
      ) : (
        <div className="ask-bar__row">
          <Button
            className="ask-button ask-button--right"
            isDisabled={request === null || label === null || asking.kind === 'saving'}
            onPress={() => label !== null && judge({ verdict: 'confirmed', label })}
            data-testid="feedback-right"
          >
            <Icon name="right" />
            {t('right')}
          </Button>
          <Button
            className="ask-button ask-button--wrong"
            isDisabled={request === null || asking.kind === 'saving'}
            onPress={() => ask('choose')}
            data-testid="feedback-wrong"
          >
            <Icon name={label === null ? 'letters' : 'wrong'} />
            {t(label === null ? 'nameIt' : 'wrong')}
          </Button>
          <Button
            className="ask-button"
            isDisabled={request === null || asking.kind === 'saving'}
            onPress={() => judge({ verdict: 'unreadable', label: null })}
            data-testid="feedback-unreadable"
          >
            <Icon name="unreadable" />
            {t('unreadable')}
          </Button>
          {saved?.undoable === true && (
            <Button
              className="icon-button"
              aria-label={t('undoLast', { what: words(saved.judgement) })}
              onPress={() => void feedback.undo(key)}
              data-testid="feedback-undo"
            >
              <Icon name="undo" />
            </Button>
          )}
        </div>
      )}
      <p className="visually-hidden" role="status">
        {asking.kind === 'saving'
          ? t('saving')
          : settled && saved !== null
            ? t('saved', { what: words(saved.judgement) })
            : ''}
      </p>
    </div>
  );
}
