import { lazy, Suspense, useState } from 'react';
import { useStore } from 'zustand';
import { changedOnSite } from '#app/model-notes';
import { useApp, useAppState } from '../app-context.tsx';
import type { NoticeTopic } from './Notice.tsx';

const Notice = lazy(() => import('./Notice.tsx').then((m) => ({ default: m.Notice })));

/** Where the app speaks up by itself, about one thing at a time, and never while the pen is down. */
export function NoticeSlot() {
  const app = useApp();
  const update = useStore(app.updates.store).phase;
  const offer = useStore(app.installing.store).kind;
  const shareFailed = useAppState((state) => state.shareFailed);
  const [refusalRead, setRefusalRead] = useState(false);
  const refused = useAppState((state) => changedOnSite(state.engine) !== null) && !refusalRead;
  const penDown = useAppState((state) => state.penDown);
  const topic: NoticeTopic | null = refused
    ? 'model-refused'
    : update !== 'none'
      ? 'update'
      : shareFailed
        ? 'share-failed'
        : offer === 'none'
          ? null
          : 'install';
  return (
    <div className="notice-slot" role="status">
      {topic !== null && !penDown && (
        <Suspense fallback={null}>
          <Notice topic={topic} onRefusalRead={() => setRefusalRead(true)} />
        </Suspense>
      )}
    </div>
  );
}
