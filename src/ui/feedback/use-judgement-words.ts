import { useTranslation } from 'react-i18next';
import type { Judgement } from '#app/feedback';
import { useLabelFaces } from '../letters/use-label-faces.ts';

/** A judgement in a word or two: the letter's name, or "unreadable". */
export function useJudgementWords(): (judgement: Pick<Judgement, 'label'>) => string {
  const { t } = useTranslation('feedback');
  const { nameOf } = useLabelFaces();
  return ({ label }) => (label === null ? t('unreadable') : nameOf(label));
}
