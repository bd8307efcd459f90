import { useLayoutEffect } from 'react';
import type { RefObject } from 'react';
import type { App } from '#app/app';
import type { Place } from '#app/drawing';
import type { PenPoint } from '#app/drawing-actions';
import { useApp } from '../app-context.tsx';

/** Bit of PointerEvent.buttons for the far end of a stylus. */
const ERASER_BUTTON = 32;

/**
 * Writes with mouse, finger and stylus. One pointer writes at a time. The first touch of a stylus turns palm
 * rejection on: from then on fingers do not write, until a person says so.
 */
export function usePointerWriting(sheet: RefObject<HTMLElement | null>): void {
  const app = useApp();
  // Before the sheet is painted: whoever sees it may write on it.
  useLayoutEffect(() => (sheet.current === null ? undefined : listen(app, sheet.current)), [app, sheet]);
}

type Writing = { readonly id: number; readonly type: string; readonly erases: boolean; last: Place };

function listen(app: App, sheet: HTMLElement): () => void {
  let writing: Writing | null = null;

  const placeOf = (event: PointerEvent): PenPoint => {
    const box = sheet.getBoundingClientRect();
    return {
      x: (event.clientX - box.left) / box.width,
      y: (event.clientY - box.top) / box.height,
      at: event.timeStamp,
    };
  };

  function finish(): void {
    if (writing === null) return;
    const { erases } = writing;
    writing = null;
    if (!erases) app.drawing.endStroke();
  }

  function down(event: PointerEvent): void {
    const stylus = event.pointerType === 'pen';
    if (stylus && !app.store.getState().preferences.stylusOnly) app.preferences.stylusOnly(true);
    const { preferences, tool } = app.store.getState();
    if (event.pointerType === 'touch' && preferences.stylusOnly) return;
    if (event.button !== 0 && !(stylus && (event.buttons & ERASER_BUTTON) !== 0)) return;
    if (writing !== null) {
      // The palm came down before the stylus did: what it wrote is not meant.
      if (!(stylus && writing.type === 'touch')) return;
      if (!writing.erases) app.drawing.dropStroke();
    }
    capture(sheet, event.pointerId);
    const place = placeOf(event);
    const erases = tool === 'eraser' || (event.buttons & ERASER_BUTTON) !== 0;
    writing = { id: event.pointerId, type: event.pointerType, erases, last: place };
    if (erases) app.drawing.erase(place, place);
    else app.drawing.beginStroke(place);
  }

  function move(event: PointerEvent): void {
    if (writing === null || event.pointerId !== writing.id) return;
    const between = event.getCoalescedEvents();
    const places = (between.length > 0 ? between : [event]).map(placeOf);
    if (!writing.erases) {
      app.drawing.extendStroke(places);
      return;
    }
    for (const place of places) {
      app.drawing.erase(writing.last, place);
      writing.last = place;
    }
  }

  function up(event: PointerEvent): void {
    if (event.pointerId === writing?.id) finish();
  }

  /** Older Safari scrolls and zooms in spite of touch-action while a finger writes. */
  function holdStill(event: TouchEvent): void {
    if (writing !== null && event.cancelable) event.preventDefault();
  }

  const refuse = (event: Event): void => event.preventDefault();
  const stop = new AbortController();
  const { signal } = stop;
  sheet.addEventListener('pointerdown', down, { signal });
  sheet.addEventListener('pointermove', move, { signal });
  sheet.addEventListener('pointerup', up, { signal });
  // A cancelled pointer (a call comes in, the browser takes the gesture) leaves what was written.
  sheet.addEventListener('pointercancel', up, { signal });
  sheet.addEventListener('lostpointercapture', up, { signal });
  sheet.addEventListener('touchmove', holdStill, { signal, passive: false });
  for (const unwanted of ['contextmenu', 'selectstart', 'dragstart'])
    sheet.addEventListener(unwanted, refuse, { signal });
  return () => {
    finish();
    stop.abort();
  };
}

function capture(sheet: HTMLElement, pointer: number): void {
  try {
    sheet.setPointerCapture(pointer);
  } catch (error) {
    // The pointer is gone already (NotFoundError): its end will be seen without capture or not be needed.
    if (!(error instanceof DOMException && error.name === 'NotFoundError')) throw error;
  }
}
