import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import type { SavedRecord } from '#app/feedback';
import { Icon } from '../shell/Icon.tsx';
import { useJudgementWords } from './use-judgement-words.ts';

type SavedNoteProps = { readonly saved: SavedRecord; readonly onUndo: () => void };

/** The record is committed; for ten seconds it can be taken back here. */
export function SavedNote({ saved, onUndo }: SavedNoteProps) {
  const { t } = useTranslation('feedback');
  const words = useJudgementWords();
  return (
    <div className="ask-bar__row saved-note" data-testid="feedback-saved" data-id={saved.id}>
      <p className="saved-note__words">
        <Icon name="right" />
        {t('saved', { what: words(saved.judgement) })}
        {saved.problem !== null && <span role="alert">{t('undoFailed')}</span>}
      </p>
      {saved.undoable && (
        <Button className="ask-button saved-note__undo" onPress={onUndo} data-testid="feedback-undo">
          <Icon name="undo" />
          {t('undo')}
        </Button>
      )}
    </div>
  );
}
