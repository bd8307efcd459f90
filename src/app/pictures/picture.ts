import type { Preview } from '../picture-edge.ts';
import type { Reading } from '../reading.ts';
import { noEdit } from './crop.ts';
import type { PictureEdit, Size } from './crop.ts';
import type { Refusal } from './refusal.ts';

/** As Reading of app/reading.ts; and a file that is not read at all. */
export type PictureReading = Reading | { readonly kind: 'refused'; readonly refusal: Refusal };

/** One picture on the desk, as the page shows it. Its file is kept apart, and its pixels not at all. */
export type Picture = {
  readonly id: number;
  /** The file's name; null for what has none, as from the clipboard. */
  readonly name: string | null;
  readonly reading: PictureReading;
  readonly preview: Preview | null;
  /** In pixels, upright by EXIF; null until it was decoded once. */
  readonly size: Size | null;
  readonly edit: PictureEdit;
};

export const newPicture = (id: number, name: string | null): Picture => ({
  id,
  name,
  reading: { kind: 'loading', last: null },
  preview: null,
  size: null,
  edit: noEdit,
});

export const isSettled = ({ reading }: Picture): boolean => reading.kind !== 'loading';

/** Names that browsers and phones make up for what comes from a clipboard or a camera say nothing. */
export function nameOfFile(name: string): string | null {
  return name === '' || /^(?:image|blob|photo)\.(?:png|jpe?g)$/i.test(name) ? null : name;
}
