import { useTranslation } from 'react-i18next';
import { changeBy } from '#app/adaptation-answer';
import type { Answer } from '#inference/answer';
import { useLabelFaces } from '../letters/use-label-faces.ts';
import './adaptation.css';

/** Says that the letter shown is not the model's, where what was learnt of this hand changed it. */
export function AdaptedNote({ answer }: { readonly answer: Answer | null }) {
  const { t } = useTranslation('adaptation');
  const { nameOf } = useLabelFaces();
  const change = answer === null ? null : changeBy(answer);
  if (change === null) return null;
  const { instead } = change;
  return (
    <p className="adapted-note" data-testid="adapted" data-instead={instead ?? undefined}>
      {instead === null ? t('changedUnsure') : t('changed', { name: nameOf(instead) })}
    </p>
  );
}
