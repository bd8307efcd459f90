import { useId, useRef, useState } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';
import { Icon } from '../shell/Icon.tsx';
import { canReadClipboard, clipboardPictures } from './clipboard.ts';
import { PictureInput } from './PictureInput.tsx';
import { usePageFiles } from './use-page-files.ts';

type PictureIntakeProps = {
  readonly onFiles: (files: readonly File[]) => void;
  /** There are pictures already: the zone makes room for them. */
  readonly small: boolean;
};

/** The ways in: a button, a place to drop, the clipboard. */
export function PictureIntake({ onFiles, small }: PictureIntakeProps) {
  const { t } = useTranslation('picture');
  const input = useRef<HTMLInputElement>(null);
  const [complaint, setComplaint] = useState('');
  const formats = useId();

  function take(files: readonly File[]): void {
    setComplaint('');
    onFiles(files);
  }

  async function paste(): Promise<void> {
    try {
      const files = await clipboardPictures();
      if (files.length > 0) take(files);
      else setComplaint(t('pasteNothing'));
    } catch (error) {
      if (!(error instanceof DOMException)) throw error;
      setComplaint(t('pasteRefused'));
    }
  }

  const over = usePageFiles(take);

  return (
    <section className="intake" data-small={small || undefined} data-over={over || undefined} data-testid="drop-zone">
      <p className="intake__title">
        <Icon name="upload" />
        <span>{over ? t('dropNow') : t('dropHere')}</span>
      </p>
      <p className="intake__or">{t('dropOr')}</p>
      <div className="intake__buttons">
        <Button className="button" aria-describedby={formats} onPress={() => input.current?.click()}>
          {t('choose')}
        </Button>
        {canReadClipboard() && (
          <Button className="button button--quiet" onPress={() => void paste()}>
            {t('paste')}
          </Button>
        )}
      </div>
      <PictureInput ref={input} onFiles={take} />
      <p id={formats} className="intake__formats">
        {t('formats')}
      </p>
      <p className="intake__complaint" role="status">
        {complaint}
      </p>
    </section>
  );
}
