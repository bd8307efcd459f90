/**
 * The typeface of English headings (src/ui/fonts/fonts.css) is 8 KB that nobody reads better by. On a first visit it is
 * not asked for beside what the first answer needs, and does not arrive under the reader's eye: it begins with the next
 * screen that is opened after an answer. A page that the service worker brings has it from the start.
 * Returns what is to be called at every answer.
 */
export function headingFace(root: HTMLElement): () => void {
  const begin = (): void => {
    root.dataset['headings'] = 'own';
  };
  if ('serviceWorker' in navigator && navigator.serviceWorker.controller !== null) begin();
  return () => window.addEventListener('hashchange', begin, { once: true });
}
