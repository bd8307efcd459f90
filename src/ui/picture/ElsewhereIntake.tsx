import { useApp } from '../app-context.tsx';
import { acceptedFiles } from './accepted-files.ts';
import { usePageFiles } from './use-page-files.ts';

/**
 * On every screen but that of the uploads: a picture that is pasted or dropped here, or handed to the file input by a
 * script, is read over there. What that takes is loaded when it happens.
 */
export function ElsewhereIntake() {
  const app = useApp();

  async function take(files: readonly File[]): Promise<void> {
    const { pictureDeskOf } = await import('#app/picture-desks');
    pictureDeskOf(app, 'upload').take(files);
    window.location.hash = '#/upload';
  }

  usePageFiles((files) => void take(files));

  return (
    <input
      className="visually-hidden"
      type="file"
      multiple
      accept={acceptedFiles}
      data-testid="upload"
      tabIndex={-1}
      aria-hidden="true"
      onChange={({ currentTarget }) => {
        const files = [...(currentTarget.files ?? [])];
        currentTarget.value = '';
        if (files.length > 0) void take(files);
      }}
    />
  );
}
