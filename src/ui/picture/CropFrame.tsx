import { useId, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preview } from '#app/picture-edge';
import { cropOf, shownSize } from '#app/pictures/crop';
import type { CropPart, PictureEdit, Size } from '#app/pictures/crop';
import { useNumber } from '../i18n/numbers.ts';
import { placeOf, TurnedPreview } from './TurnedPreview.tsx';
import { useCropHand } from './use-crop-hand.ts';
import './crop-frame.css';

type CropFrameProps = {
  readonly name: string;
  readonly preview: Preview;
  readonly size: Size;
  readonly edit: PictureEdit;
  readonly onEdit: (edit: PictureEdit) => void;
};

const corners: readonly CropPart[] = ['start-top', 'end-top', 'start-bottom', 'end-bottom'];

/** The picture with a frame on it: drag a corner, the frame, or a new one over the letter; arrow keys do the same. */
export function CropFrame({ name, preview, size, edit, onEdit }: CropFrameProps) {
  const { t } = useTranslation('picture');
  const number = useNumber(0);
  const help = useId();
  const area = useRef<HTMLDivElement>(null);
  const { box, handsOf, drawNew } = useCropHand({ area, edit, size, onEdit });

  const shown = shownSize(size, edit.turns);
  const pixels = cropOf(box, 0, shown) ?? { left: 0, top: 0, right: shown.width, bottom: shown.height };
  const state = t('frame.state', {
    width: number(pixels.right - pixels.left),
    height: number(pixels.bottom - pixels.top),
    left: number(pixels.left),
    top: number(pixels.top),
  });

  return (
    <div className="crop" role="group" aria-label={t('frame.group', { name })}>
      <TurnedPreview ref={area} name={name} preview={preview} size={size} edit={edit} box={box}>
        <div className="crop__sheet" onPointerDown={drawNew} />
        <button
          type="button"
          className="crop__whole"
          style={placeOf(box)}
          aria-label={t('frame.whole')}
          aria-describedby={help}
          data-testid="crop"
          {...handsOf('whole')}
        />
        {corners.map((part) => (
          <button
            key={part}
            type="button"
            className={`crop__corner crop__corner--${part}`}
            style={{
              left: `${(part.startsWith('start') ? box.left : box.right) * 100}%`,
              top: `${(part.endsWith('top') ? box.top : box.bottom) * 100}%`,
            }}
            aria-label={t(`frame.${part}`)}
            aria-describedby={help}
            data-testid={`crop-${part}`}
            {...handsOf(part)}
          />
        ))}
      </TurnedPreview>
      <p id={help} className="visually-hidden">
        {t('frame.help')} {state}
      </p>
      {edit.crop === null && <p className="crop__hint">{t('frame.hint')}</p>}
    </div>
  );
}
