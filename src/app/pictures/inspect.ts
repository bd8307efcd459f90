import { bmp } from './bmp.ts';
import { createBytes } from './bytes.ts';
import type { ByteSource } from './bytes.ts';
import { gif } from './gif.ts';
import type { FormatReader } from './header.ts';
import { avif, heic } from './heif.ts';
import { jpeg } from './jpeg.ts';
import { checkFileSize, checkPictureSize } from './limits.ts';
import { png } from './png.ts';
import type { PictureFormat, Refusal } from './refusal.ts';
import { PictureRefused } from './refusal.ts';
import type { Signature } from './signature.ts';
import { signatureBytes, sniff } from './signature.ts';
import { webp } from './webp.ts';

const readers: Readonly<Record<PictureFormat, FormatReader>> = { png, jpeg, webp, gif, bmp, avif, heic };

/** width and height in pixels as stored: EXIF may turn them when the picture is decoded. */
export type Inspection =
  | { readonly kind: 'picture'; readonly format: PictureFormat; readonly width: number; readonly height: number }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

/**
 * Looks at a file's own bytes and says whether the browser's decoder may have it: what it is, that it is not too large,
 * and that it is all there. Decoders differ in what they make of half a file (an error, white, nothing), so none gets one.
 * Refuses instead of throwing; rejects only when the signal fires or the source itself fails.
 */
export async function inspectPicture(signal: AbortSignal, source: ByteSource): Promise<Inspection> {
  try {
    signal.throwIfAborted();
    checkFileSize(source.size);
    const format = formatOf(sniff(await source.read(0, Math.min(source.size, signatureBytes))));
    const bytes = createBytes(signal, source, format);
    const header = await readers[format].header(bytes);
    checkPictureSize(header, source.size);
    await readers[format].complete(bytes);
    return { kind: 'picture', format, width: header.width, height: header.height };
  } catch (error) {
    if (error instanceof PictureRefused) return { kind: 'refused', refusal: error.refusal };
    throw error;
  }
}

function formatOf(signature: Signature): PictureFormat {
  switch (signature.kind) {
    case 'picture':
      return signature.format;
    case 'svg':
      throw new PictureRefused({ code: 'svg' });
    case 'unsupported-format':
      throw new PictureRefused({ code: 'unsupported-format', name: signature.name });
    case 'other':
      throw new PictureRefused({ code: 'not-a-picture', content: signature.content });
  }
}
