import { lazy, Suspense, useCallback, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AnswerCard } from '../answer/AnswerCard.tsx';
import { Invitation } from '../answer/Invitation.tsx';
import { useApp, useAppState } from '../app-context.tsx';
import { FeedbackSwitch } from '../feedback/FeedbackSwitch.tsx';
import { PartBoundary } from '../feedback/PartBoundary.tsx';
import { SheetAsk } from '../feedback/SheetAsk.tsx';
import { Staged } from '../shell/Staged.tsx';
import { DrawSurface } from './DrawSurface.tsx';
import { DrawTools } from './DrawTools.tsx';
import { StylusNotice } from './StylusNotice.tsx';
import { useShortcuts } from './use-shortcuts.ts';
import type { Shortcut } from './use-shortcuts.ts';
import './draw-screen.css';

const KeysDialog = lazy(() => import('./KeysDialog.tsx').then((m) => ({ default: m.KeysDialog })));

/** Write a letter, and see what it is. */
export function DrawScreen() {
  const { t } = useTranslation('draw');
  const app = useApp();
  const reading = useAppState((state) => state.reading);
  const engine = useAppState((state) => state.engine);
  const penDown = useAppState((state) => state.penDown);
  const desk = useRef<HTMLDivElement>(null);
  // null: never asked for, and its code not loaded.
  const [keysOpen, setKeysOpen] = useState<boolean | null>(null);
  const [said, setSaid] = useState('');

  const act = useCallback(
    (shortcut: Shortcut) => {
      const { drawing, store } = app;
      switch (shortcut) {
        case 'undo':
          if (drawing.undo()) setSaid(t('undone'));
          break;
        case 'redo':
          if (drawing.redo()) setSaid(t('redone'));
          break;
        case 'clear':
          if (drawing.clear()) setSaid(t('sheetCleared'));
          break;
        case 'eraser':
          drawing.choose(store.getState().tool === 'eraser' ? 'pen' : 'eraser');
          break;
        case 'pen':
          drawing.choose('pen');
          break;
        case 'help':
          setKeysOpen(true);
      }
    },
    [app, t],
  );
  useShortcuts(desk, act);

  return (
    <div className="draw-screen">
      <h1 className="visually-hidden">{t('title')}</h1>
      <div ref={desk} className="desk">
        <div className="desk__sheet">
          <DrawSurface />
          <StylusNotice />
        </div>
        <div className="desk__tools">
          <Staged as="tools">
            <DrawTools act={act} />
          </Staged>
        </div>
      </div>
      <div className="draw-screen__answer">
        <Staged as="answer" before={<Invitation hint={t('hint')} />}>
          <AnswerCard
            reading={reading}
            engine={engine}
            idleHint={t('hint')}
            onRetry={app.retry}
            announce={!penDown}
            ask={<SheetAsk />}
          />
          <FeedbackSwitch withAdvance />
        </Staged>
      </div>
      <p className="visually-hidden" role="status">
        {said}
      </p>
      {keysOpen !== null && (
        <PartBoundary>
          <Suspense fallback={null}>
            <KeysDialog isOpen={keysOpen} onOpenChange={setKeysOpen} />
          </Suspense>
        </PartBoundary>
      )}
    </div>
  );
}
