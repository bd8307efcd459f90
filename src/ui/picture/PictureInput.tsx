import type { Ref } from 'react';
import { acceptedFiles } from './accepted-files.ts';

type PictureInputProps = {
  readonly onFiles: (files: readonly File[]) => void;
  readonly ref?: Ref<HTMLInputElement>;
};

/** The browser's own way to choose pictures, out of sight: a button opens it, or a script fills it. */
export function PictureInput({ onFiles, ref }: PictureInputProps) {
  return (
    <input
      ref={ref}
      className="visually-hidden"
      type="file"
      multiple
      accept={acceptedFiles}
      data-testid="upload"
      tabIndex={-1}
      aria-hidden="true"
      onChange={({ currentTarget }) => {
        const files = [...(currentTarget.files ?? [])];
        // So that the same file can be chosen again after it was changed.
        currentTarget.value = '';
        if (files.length > 0) onFiles(files);
      }}
    />
  );
}
