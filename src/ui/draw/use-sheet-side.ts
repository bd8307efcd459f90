import { useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';
import { useApp } from '../app-context.tsx';

/** Side of the sheet in CSS pixels, kept true through rotation and resize; 0 before it is laid out. */
export function useSheetSide(sheet: RefObject<HTMLElement | null>): number {
  const { pen } = useApp();
  const [side, setSide] = useState(0);
  useLayoutEffect(() => {
    const element = sheet.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const { width } = element.getBoundingClientRect();
      // Hidden for a moment (another tab of the page): the last true size stands.
      if (width === 0) return;
      pen.sheetSide = width;
      setSide(width);
    };
    // Measures first when the browser has laid out by itself: to ask sooner would make it do so twice.
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [pen, sheet]);
  return side;
}
