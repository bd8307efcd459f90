import type { Bytes } from './bytes.ts';

/**
 * What the head of a file says. decodeBytes is what the browser's decoder holds for one pixel at its peak, the
 * finished 4 bytes included: it decides how large a picture of this kind may be (see limits.ts).
 */
export type PictureHeader = { readonly width: number; readonly height: number; readonly decodeBytes: number };

/**
 * One kind of file. header() reads the size without decoding; complete() walks to the end marker. Both throw
 * PictureRefused: 'truncated' where the file ends too early, 'damaged' where it contradicts itself.
 */
export type FormatReader = {
  header(bytes: Bytes): Promise<PictureHeader>;
  complete(bytes: Bytes): Promise<void>;
};
