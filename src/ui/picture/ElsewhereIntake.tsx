import { useApp } from '../app-context.tsx';
import { PictureInput } from './PictureInput.tsx';
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

  return <PictureInput onFiles={(files) => void take(files)} />;
}
