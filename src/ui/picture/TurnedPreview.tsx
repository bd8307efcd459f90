import type { CSSProperties, ReactNode, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Preview } from '#app/picture-edge';
import { shownBox, shownSize } from '#app/pictures/crop';
import type { PictureEdit, ShownBox, Size } from '#app/pictures/crop';

type TurnedPreviewProps = {
  readonly name: string;
  readonly preview: Preview;
  readonly size: Size;
  readonly edit: PictureEdit;
  /** The crop to show, when it is another than that of edit: while a hand is moving it. */
  readonly box?: ShownBox;
  readonly ref?: Ref<HTMLDivElement>;
  readonly children?: ReactNode;
};

/** The small copy as it is turned, what the crop leaves out in shade. Left is left in every language: it is a picture. */
export function TurnedPreview({ name, preview, size, edit, box, ref, children }: TurnedPreviewProps) {
  const { t } = useTranslation('picture');
  const shown = shownSize(size, edit.turns);
  const aspect = shown.width / shown.height;
  const crop = box ?? shownBox(edit, size);
  return (
    <div className="preview" style={{ '--aspect': aspect } as CSSProperties}>
      <div ref={ref} className="preview__frame">
        <div className="preview__clip">
          <img
            className="preview__image"
            src={preview.url}
            alt={t('alt', { name })}
            style={turnedStyle(edit, aspect)}
            draggable={false}
          />
          {(edit.crop !== null || box !== undefined) && <div className="preview__crop" style={placeOf(crop)} />}
        </div>
        {children}
      </div>
    </div>
  );
}

export const placeOf = ({ left, top, right, bottom }: ShownBox): CSSProperties => ({
  left: `${left * 100}%`,
  top: `${top * 100}%`,
  width: `${(right - left) * 100}%`,
  height: `${(bottom - top) * 100}%`,
});

/** The image lies in the middle of its frame; sideways, its width is the frame's height. */
function turnedStyle({ turns }: PictureEdit, aspect: number): CSSProperties {
  const sideways = turns % 2 === 1;
  return {
    width: `${sideways ? 100 / aspect : 100}%`,
    height: `${sideways ? 100 * aspect : 100}%`,
    transform: `translate(-50%, -50%) rotate(${turns * 90}deg)`,
  };
}
