import { useLayoutEffect, useRef } from 'react';
import { useApp } from '../app-context.tsx';
import { paintInk } from './ink-painter.ts';
import type { SheetCanvasProps } from './SheetCanvas.tsx';

/**
 * The ink on the sheet while the page is young: one plain canvas, which weighs nothing on a thin line. It shows the
 * first letter long before the layers of SheetCanvas are here, and what it shows looks the same.
 */
export function FirstInk({ side, colour }: SheetCanvasProps) {
  const { pen, store } = useApp();
  const canvas = useRef<HTMLCanvasElement>(null);

  useLayoutEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (context === null || context === undefined) return undefined;
    let frame = 0;
    const paint = (): void => {
      frame = 0;
      const ratio = devicePixelRatio;
      // Giving a canvas its size empties it.
      context.canvas.width = context.canvas.height = Math.round(side * ratio);
      context.scale(ratio, ratio);
      paintInk(context, [...store.getState().drawing.ink, pen.stroke], side, colour);
    };
    const soon = (): void => void (frame ||= requestAnimationFrame(paint));
    const ends = [
      pen.subscribe(soon),
      store.subscribe((state, before) => {
        if (state.drawing !== before.drawing) soon();
      }),
    ];
    // Before the browser paints: where it takes the place of other ink nothing flickers.
    paint();
    return () => {
      for (const end of ends) end();
      cancelAnimationFrame(frame);
    };
  }, [pen, store, side, colour]);

  return (
    <canvas
      ref={canvas}
      className="sheet__canvas"
      style={{ width: side, height: side }}
      data-testid="first-ink"
      aria-hidden="true"
    />
  );
}
