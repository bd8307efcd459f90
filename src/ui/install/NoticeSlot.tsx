import { lazy, Suspense } from 'react';
import { useStore } from 'zustand';
import { useApp, useAppState } from '../app-context.tsx';

const Notice = lazy(() => import('./Notice.tsx').then((m) => ({ default: m.Notice })));

/** Where the app speaks up by itself, about one thing at a time, and never while the pen is down. */
export function NoticeSlot() {
  const app = useApp();
  const update = useStore(app.updates.store).phase;
  const offer = useStore(app.installing.store).kind;
  const shareFailed = useAppState((state) => state.shareFailed);
  const penDown = useAppState((state) => state.penDown);
  const topic =
    update !== 'none' ? 'update' : shareFailed ? 'share-failed' : offer === 'none' ? null : ('install' as const);
  return (
    <div className="notice-slot" role="status">
      {topic !== null && !penDown && (
        <Suspense fallback={null}>
          <Notice topic={topic} />
        </Suspense>
      )}
    </div>
  );
}
