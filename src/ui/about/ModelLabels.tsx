import { useTranslation } from 'react-i18next';
import type { ModelLabel } from '#inference/answer';
import { LabelGlyph } from '../letters/LabelGlyph.tsx';
import { useLabelFaces } from '../letters/use-label-faces.ts';

/** A manifest may hold thousands; the letters screen shows them all. */
const MOST = 64;

/** What the model reads, in a line or two: signs for the eye, names for the ear. */
export function ModelLabels({ labels }: { readonly labels: readonly ModelLabel[] }) {
  const { t } = useTranslation('about');
  const { faceOf, nameOf } = useLabelFaces();
  const shown = labels.slice(0, MOST);
  const more = labels.length - shown.length;
  return (
    <>
      <span className="model-labels">
        {shown.map(({ name }) => (
          <LabelGlyph key={name} face={faceOf(name)} className="model-labels__sign" />
        ))}
      </span>
      <span className="visually-hidden">{shown.map(({ name }) => nameOf(name)).join(', ')}</span>
      {more > 0 && ` ${t('andMore', { more })}`}
    </>
  );
}
