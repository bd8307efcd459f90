import { lazy, Suspense, useEffect, useState } from 'react';
import { breathe } from '#app/breath';
import type { AppState } from '#app/store';
import { useApp } from '../app-context.tsx';
import { FirstInk } from './FirstInk.tsx';
import type { SheetCanvasProps } from './SheetCanvas.tsx';

/** Where it cannot be had, the plain canvas goes on: a sheet without layers is better than none. */
const SheetCanvas = lazy(() => sheetCanvas().catch(() => ({ default: FirstInk })));

/** The library in one task, and what speaks to it in another: together they would keep the finger waiting. */
async function sheetCanvas() {
  await import('./canvas-library.ts');
  await breathe();
  return import('./SheetCanvas.tsx');
}

/** Whether there is ink for layers, and nothing that the person waits for would be held up by 250 KB of canvas library. */
const isQuiet = ({ drawing, engine, reading, penDown }: AppState): boolean =>
  drawing.ink.length > 0 && (reading.kind === 'answered' || engine.phase === 'failed') && !penDown;

/** The ink on the sheet: first on a plain canvas, and on layers as soon as the first answer is there. */
export function SheetInk(props: SheetCanvasProps) {
  const { store } = useApp();
  const [layered, setLayered] = useState(false);
  useEffect(() => {
    if (layered) return undefined;
    const look = (state: AppState): void => {
      // The answer is shown first.
      if (isQuiet(state)) void breathe().then(() => setLayered(true));
    };
    look(store.getState());
    return store.subscribe(look);
  }, [layered, store]);
  if (!layered) return <FirstInk {...props} />;
  return (
    <Suspense fallback={<FirstInk {...props} />}>
      <SheetCanvas {...props} />
    </Suspense>
  );
}
