import { useEffect, useRef } from 'react';
import { labelOfKey } from '#app/letter-keys';
import { useLabelFaces } from '../letters/use-label-faces.ts';

/** While letters are offered, a letter's own key picks it wherever the focus is, and Escape goes back. */
export function useLetterKeys(labels: readonly string[], onChoose: (label: string) => void, onBack: () => void): void {
  const { faceOf } = useLabelFaces();
  const latest = useRef({ labels, onChoose, onBack });
  useEffect(() => {
    latest.current = { labels, onChoose, onBack };
  });
  useEffect(() => {
    function press(event: KeyboardEvent): void {
      const { labels, onChoose, onBack } = latest.current;
      if (event.target instanceof Element && event.target.closest('input, textarea, select, [contenteditable]')) return;
      const signs = new Map(labels.map((label) => [label, faceOf(label).glyph]));
      const label = labelOfKey(event, signs);
      if (label === null && event.key !== 'Escape') return;
      // The sheet has its own use for some of these keys.
      event.preventDefault();
      event.stopPropagation();
      if (event.repeat) return;
      if (label === null) onBack();
      else onChoose(label);
    }
    // Before the document's own listeners.
    window.addEventListener('keydown', press, true);
    return () => window.removeEventListener('keydown', press, true);
  }, [faceOf]);
}
