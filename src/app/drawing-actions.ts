import { addStroke, clear, eraseAlong, redo, undo } from './drawing.ts';
import type { Drawing, Place } from './drawing.ts';
import type { LiveReader } from './live-reader.ts';
import type { Pen } from './pen.ts';
import { ERASER_REACH } from './sheet.ts';
import type { AppStore, Tool } from './store.ts';

/** A place in parts of the sheet's side, and the time of the event in milliseconds. */
export type PenPoint = Place & { readonly at: number };

export type DrawingActions = {
  beginStroke(point: PenPoint): void;
  extendStroke(points: readonly PenPoint[]): void;
  /** Also what a cancelled pointer does: what was written stays. */
  endStroke(): void;
  /** Takes the stroke that is being written back: it was a palm. */
  dropStroke(): void;
  /** Rubs from one place to another; true when a stroke went. */
  erase(from: Place, to: Place): boolean;
  undo(): boolean;
  redo(): boolean;
  clear(): boolean;
  choose(tool: Tool): void;
};

/** What a hand does on the sheet. Every change of the ink is read again. */
export function createDrawingActions(store: AppStore, pen: Pen, reader: LiveReader): DrawingActions {
  /** True when the drawing became another one. */
  function change(reduce: (drawing: Drawing) => Drawing): boolean {
    const before = store.getState().drawing;
    const after = reduce(before);
    if (after === before) return false;
    store.setState({ drawing: after });
    reader.read();
    return true;
  }

  function endStroke(): void {
    const stroke = pen.up();
    // The reading first: whoever waits for the pen must not find the answer to half a letter beside a pen that is up.
    change((drawing) => addStroke(drawing, stroke));
    store.setState({ penDown: false });
  }

  return {
    beginStroke({ x, y, at }) {
      // A second finger, or a stroke whose end the browser never told.
      if (pen.stroke.length > 0) endStroke();
      pen.down(x, y, at, store.getState().drawing.ink.length === 0);
      store.setState({ penDown: true });
      reader.glance();
    },
    extendStroke(points) {
      if (pen.stroke.length === 0) return;
      for (const { x, y, at } of points) pen.move(x, y, at);
      reader.glance();
    },
    endStroke,
    dropStroke() {
      pen.up();
      reader.read();
      store.setState({ penDown: false });
    },
    erase: (from, to) => change((drawing) => eraseAlong(drawing, from, to, ERASER_REACH)),
    undo: () => change(undo),
    redo: () => change(redo),
    clear: () => change(clear),
    choose: (tool) => store.setState({ tool }),
  };
}
