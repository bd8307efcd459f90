import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { FeedbackHead } from '#feedback/outbox';
import { LabelGlyph } from '../letters/LabelGlyph.tsx';
import { useLabelFaces } from '../letters/use-label-faces.ts';
import { RasterPicture } from './RasterPicture.tsx';

type RecordCellProps = {
  /** null: withdrawn a moment ago. */
  readonly head: FeedbackHead | null;
  readonly index: number;
  readonly count: number;
  readonly isFocusable: boolean;
  readonly onOpen: (id: string) => void;
  readonly onKeyDown: (event: KeyboardEvent) => void;
};

/** A record as the picture that the model saw, with the person's word under it. */
export function RecordCell({ head, index, count, isFocusable, onOpen, onKeyDown }: RecordCellProps) {
  const { t } = useTranslation('feedback');
  const { faceOf, nameOf } = useLabelFaces();
  if (head === null) return <li className="record-cell" />;
  const { id, seen, label, verdict, state } = head;
  const what = label === null ? t('unreadable') : nameOf(label);
  return (
    <li className="record-cell" aria-setsize={count} aria-posinset={index + 1}>
      <button
        type="button"
        className="record-button"
        tabIndex={isFocusable ? 0 : -1}
        onClick={() => onOpen(id)}
        onKeyDown={onKeyDown}
        data-testid="record"
        data-id={id}
        data-index={index}
        data-label={label ?? undefined}
        data-verdict={verdict}
        data-state={state}
      >
        <span className="visually-hidden">
          {t('announceCell', { what, verdict: t(`verdictName.${verdict}`), state: t(`stateName.${state}`) })}
        </span>
        {seen === null ? (
          <span className="record-button__none" aria-hidden="true">
            {t('noPicture')}
          </span>
        ) : (
          <RasterPicture raster={seen.raster} className="record-button__picture" />
        )}
        <span className="record-button__words">
          {label === null ? (
            <span className="record-button__unreadable" aria-hidden="true">
              ?
            </span>
          ) : (
            <LabelGlyph face={faceOf(label)} className="record-button__glyph" />
          )}
          <span className={`record-mark record-mark--${state}`} aria-hidden="true" />
        </span>
      </button>
    </li>
  );
}
