import { useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';
import type { App } from '#app/app';
import { useApp } from '../app-context.tsx';
import { isArrow, moved, restingPen } from './keyboard-pen.ts';
import type { KeyboardPen } from './keyboard-pen.ts';

/** Leads a pen over the focused sheet by keys. Returns where it is, to show it. */
export function useKeyboardWriting(sheet: RefObject<HTMLElement | null>): KeyboardPen {
  const app = useApp();
  const [pen, setPen] = useState(restingPen);
  // Before the sheet is painted: whoever sees it may write on it.
  useLayoutEffect(() => (sheet.current === null ? undefined : listen(app, sheet.current, setPen)), [app, sheet]);
  return pen;
}

function listen(app: App, sheet: HTMLElement, show: (pen: KeyboardPen) => void): () => void {
  let pen = restingPen;
  const held = new Set<string>();

  function set(next: KeyboardPen): void {
    pen = next;
    show(next);
  }

  function lift(): void {
    if (!pen.down) return;
    set({ ...pen, down: false });
    app.drawing.endStroke();
  }

  function press(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (isArrow(event.key)) {
      held.add(event.key);
      set(moved(pen, held, event.shiftKey));
      if (pen.down) app.drawing.extendStroke([{ ...pen.place, at: event.timeStamp }]);
    } else if (event.key === ' ' && !event.repeat) {
      toggle(event.timeStamp);
    } else if (event.key === 'Escape' && pen.down) {
      lift();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  }

  function toggle(at: number): void {
    if (app.store.getState().tool === 'eraser') {
      app.drawing.erase(pen.place, pen.place);
    } else if (pen.down) {
      lift();
    } else {
      set({ ...pen, down: true });
      app.drawing.beginStroke({ ...pen.place, at });
    }
  }

  const stop = new AbortController();
  const { signal } = stop;
  sheet.addEventListener('keydown', press, { signal });
  sheet.addEventListener('keyup', (event) => held.delete(event.key), { signal });
  sheet.addEventListener(
    'blur',
    () => {
      held.clear();
      lift();
    },
    { signal },
  );
  // A pointer takes the pen out of the keys' hand.
  sheet.addEventListener('pointerdown', () => set({ ...pen, down: false }), { signal, capture: true });
  return () => {
    lift();
    stop.abort();
  };
}
