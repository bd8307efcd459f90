import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { facesOf } from '#app/label-face';
import type { LabelFace } from '#app/label-face';
import { useAppState } from '../app-context.tsx';
import { languageOfPage } from '../i18n/numbers.ts';

/** How the labels of the model that answers are shown, and their names in the language of the page. */
export function useLabelFaces(): {
  readonly faceOf: (label: string) => LabelFace;
  readonly nameOf: (label: string) => string;
} {
  const { i18n } = useTranslation();
  const language = languageOfPage(i18n.language);
  const labels = useAppState((state) => state.labels);
  return useMemo(() => {
    const faceOf = facesOf(labels);
    return { faceOf, nameOf: (label) => faceOf(label).names[language] };
  }, [labels, language]);
}
