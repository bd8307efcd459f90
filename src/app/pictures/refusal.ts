/** The kinds of file that a browser may be able to show. */
export type PictureFormat = 'png' | 'jpeg' | 'webp' | 'gif' | 'bmp' | 'avif' | 'heic';

/** What else people hand in. */
export type OtherContent = 'html' | 'text' | 'pdf' | 'archive' | 'video' | 'unknown';

/**
 * Why a file is not read, with the numbers that its message needs. Each code has words in ui/i18n/<language>/picture.ts:
 * what is wrong, and what to do.
 */
export type Refusal =
  | { readonly code: 'empty' }
  | { readonly code: 'not-a-picture'; readonly content: OtherContent }
  | { readonly code: 'svg' }
  /** TIFF, ICO and their like: pictures that no browser, or only one, decodes. */
  | { readonly code: 'unsupported-format'; readonly name: string }
  | { readonly code: 'heic' }
  /** The end of the file is missing. */
  | { readonly code: 'truncated'; readonly format: PictureFormat }
  /** What is there contradicts itself. */
  | { readonly code: 'damaged'; readonly format: PictureFormat }
  | { readonly code: 'too-many-pixels'; readonly width: number; readonly height: number; readonly limit: number }
  | { readonly code: 'too-long-side'; readonly width: number; readonly height: number; readonly limit: number }
  /** Decoding would take more memory than there is for it: megabytes of both. */
  | { readonly code: 'too-heavy'; readonly megabytes: number; readonly limit: number }
  | { readonly code: 'file-too-large'; readonly megabytes: number; readonly limit: number }
  /** The file was there when it was chosen, and cannot be read any more. */
  | { readonly code: 'unreadable-file' }
  /** Whole and sound as far as can be seen, and yet the browser does not decode it. */
  | { readonly code: 'undecodable'; readonly format: PictureFormat };

/** Carries a refusal up from where it was found. */
export class PictureRefused extends Error {
  override readonly name = 'PictureRefused';
  readonly refusal: Refusal;

  constructor(refusal: Refusal) {
    super(`picture refused: ${refusal.code}`);
    this.refusal = refusal;
  }
}
