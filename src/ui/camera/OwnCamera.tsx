import { useRef } from 'react';
import { Button } from 'react-aria-components/Button';
import { useTranslation } from 'react-i18next';

type OwnCameraProps = { readonly onFiles: (files: readonly File[]) => void };

/** The way that needs no permission: the phone's camera app takes the photo. A desktop asks for a file instead. */
export function OwnCamera({ onFiles }: OwnCameraProps) {
  const { t } = useTranslation('picture');
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <Button className="link-button" onPress={() => input.current?.click()}>
        {t('ownCamera')}
      </Button>
      <input
        ref={input}
        className="visually-hidden"
        type="file"
        accept="image/*"
        capture="environment"
        data-testid="camera-file"
        tabIndex={-1}
        aria-hidden="true"
        onChange={({ currentTarget }) => {
          const files = [...(currentTarget.files ?? [])];
          currentTarget.value = '';
          if (files.length > 0) onFiles(files);
        }}
      />
    </>
  );
}
