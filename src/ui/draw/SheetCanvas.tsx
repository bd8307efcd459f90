import type Konva from 'konva';
import { useCallback, useEffect, useRef } from 'react';
import { Layer, Shape, Stage } from 'react-konva/lib/ReactKonvaCore';
import type { Ink } from '#glyph/ink';
import { useApp } from '../app-context.tsx';
import { paintInk } from './ink-painter.ts';

export type SheetCanvasProps = {
  /** Side of the sheet in CSS pixels. */
  readonly side: number;
  /** The colour of the ink, as the theme has it now. */
  readonly colour: string;
};

/**
 * The ink on the sheet. Two layers, painted past React: the finished strokes when they change, the stroke under
 * the pen at every frame. Pointers belong to the surface around it.
 */
export default function SheetCanvas({ side, colour }: SheetCanvasProps) {
  const { pen, store } = useApp();
  const finished = useRef<Konva.Layer>(null);
  const wet = useRef<Konva.Layer>(null);

  const paint = useCallback(
    (context: Konva.Context, ink: Ink) => {
      // Chromium on a software GPU shows an older frame again where a frame only clears. So no frame only clears.
      context.fillStyle = 'rgb(0 0 0 / 1%)';
      context.fillRect(0, 0, 1, 1);
      paintInk(context, ink, side, colour);
    },
    [side, colour],
  );
  const paintFinished = useCallback(
    (context: Konva.Context) => paint(context, store.getState().drawing.ink),
    [store, paint],
  );
  const paintWet = useCallback((context: Konva.Context) => paint(context, [pen.stroke]), [pen, paint]);

  useEffect(() => pen.subscribe(() => wet.current?.batchDraw()), [pen]);
  useEffect(
    () =>
      store.subscribe((state, before) => {
        if (state.drawing !== before.drawing) finished.current?.batchDraw();
      }),
    [store],
  );

  return (
    <Stage width={side} height={side} listening={false} className="sheet__canvas" aria-hidden="true">
      <Layer ref={finished} listening={false}>
        <Shape sceneFunc={paintFinished} listening={false} perfectDrawEnabled={false} />
      </Layer>
      <Layer ref={wet} listening={false}>
        <Shape sceneFunc={paintWet} listening={false} perfectDrawEnabled={false} />
      </Layer>
    </Stage>
  );
}
