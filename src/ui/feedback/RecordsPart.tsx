import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { createFeedbackList } from '#app/feedback-list';
import type { FeedbackList } from '#app/feedback-list';
import type { FeedbackRoom } from '#app/feedback-room';
import { StoragePart } from '../settings/StoragePart.tsx';
import { TargetPart } from '../settings/TargetPart.tsx';
import { DeletePart } from './DeletePart.tsx';
import { MovePart } from './MovePart.tsx';
import { OutboxCounts } from './OutboxCounts.tsx';
import { RecordDialog } from './RecordDialog.tsx';
import { RecordFilters } from './RecordFilters.tsx';
import { RecordGrid } from './RecordGrid.tsx';
import { SaveProblem } from './SaveProblem.tsx';
import { ScreenPanel } from './ScreenPanel.tsx';
import { SendPart } from './SendPart.tsx';

/** Everything about the records, once the outbox is open. */
export function RecordsPart({ room }: { readonly room: FeedbackRoom }) {
  const { t } = useTranslation('feedback');
  const [list] = useState(() => createFeedbackList(room.outbox));
  useEffect(() => list.open(), [list]);
  return (
    <>
      <OutboxCounts />
      <SendPart room={room} />
      <div className="feedback-panels">
        <ScreenPanel title={t('targetTitle')}>
          <TargetPart />
        </ScreenPanel>
        <ScreenPanel title={t('moveTitle')}>
          <MovePart room={room} />
        </ScreenPanel>
        <ScreenPanel title={t('storageTitle')}>
          <StoragePart room={room} />
        </ScreenPanel>
        <ScreenPanel title={t('deleteTitle')}>
          <DeletePart room={room} />
        </ScreenPanel>
      </div>
      <Records room={room} list={list} />
    </>
  );
}

type RecordsProps = { readonly room: FeedbackRoom; readonly list: FeedbackList };

function Records({ room, list }: RecordsProps) {
  const { t } = useTranslation('feedback');
  const { ids, filter, problem } = useStore(list.store);
  const [open, setOpen] = useState<string | null>(null);
  const narrowed = Object.values(filter).some((value) => value !== null);
  return (
    <section className="records" aria-label={t('filters')}>
      <RecordFilters list={list} />
      {problem !== null && <SaveProblem title={t('title')} code={problem} onRetry={list.refresh} />}
      {ids !== null && ids.length === 0 && (
        <p className="records__none" role="status">
          {t(narrowed ? 'noneHere' : 'none')}
        </p>
      )}
      {ids !== null && ids.length > 0 && <RecordGrid list={list} ids={ids} onOpen={setOpen} />}
      {open !== null && (
        <RecordDialog room={room} id={open} ids={ids ?? []} onMove={setOpen} onClose={() => setOpen(null)} />
      )}
    </section>
  );
}
