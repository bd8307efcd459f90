import { useLayoutEffect, useState } from 'react';
import type { RefObject } from 'react';
import { useAppState } from '../app-context.tsx';

/** What `color` is on the sheet under the theme of the moment: a canvas cannot name a custom property. */
export function useInkColour(sheet: RefObject<HTMLElement | null>): string {
  const theme = useAppState((state) => state.preferences.theme);
  const [colour, setColour] = useState('currentcolor');
  useLayoutEffect(() => {
    const read = (): void => {
      if (sheet.current !== null) setColour(getComputedStyle(sheet.current).color);
    };
    read();
    const queries = ['(prefers-color-scheme: dark)', '(forced-colors: active)'].map((query) =>
      window.matchMedia(query),
    );
    for (const query of queries) query.addEventListener('change', read);
    return () => {
      for (const query of queries) query.removeEventListener('change', read);
    };
  }, [sheet, theme]);
  return colour;
}
