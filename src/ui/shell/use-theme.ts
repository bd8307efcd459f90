import { useEffect, useSyncExternalStore } from 'react';
import { useAppState } from '../app-context.tsx';

const darkQuery = '(prefers-color-scheme: dark)';

function subscribe(listener: () => void): () => void {
  const query = window.matchMedia(darkQuery);
  query.addEventListener('change', listener);
  return () => query.removeEventListener('change', listener);
}

/** Whether the page is dark now: by choice, else by the device. */
export function useIsDark(): boolean {
  const theme = useAppState((state) => state.preferences.theme);
  const deviceDark = useSyncExternalStore(subscribe, () => window.matchMedia(darkQuery).matches);
  return theme === 'system' ? deviceDark : theme === 'dark';
}

/** Puts the chosen theme on <html>, and the colour of the paper around the page on phones. */
export function useThemeOfPage(): void {
  const theme = useAppState((state) => state.preferences.theme);
  const dark = useIsDark();
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme;
    const paper = getComputedStyle(document.documentElement).backgroundColor;
    document.querySelector('meta[name=theme-color]')?.setAttribute('content', paper);
  }, [theme, dark]);
}
