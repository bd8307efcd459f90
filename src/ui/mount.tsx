import { StrictMode, startTransition } from 'react';
import { createRoot } from 'react-dom/client';
import type { App as AppParts } from '#app/app';
import type { Language } from '#app/language';
import { App } from './App.tsx';
import { createI18n } from './i18n/i18n.ts';
import type { Words } from './i18n/words.ts';

/**
 * Puts the page into root. As a transition, which React may interrupt: a first rendering in one piece would keep a slow
 * phone from answering the finger for a tenth of a second. onWhole: called once, when all of the first screen is there.
 */
export function mount(root: HTMLElement, app: AppParts, language: Language, words: Words, onWhole: () => void): void {
  const i18n = createI18n(language, words);
  const page = createRoot(root);
  startTransition(() => {
    page.render(
      <StrictMode>
        <App app={app} i18n={i18n} onWhole={onWhole} />
      </StrictMode>,
    );
  });
}
