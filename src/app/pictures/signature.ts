import { ascii, u32be, u32le } from './bytes.ts';
import type { OtherContent, PictureFormat } from './refusal.ts';

/** What a file is by its own bytes. Neither its name nor the type that the system gives it is asked. */
export type Signature =
  | { readonly kind: 'picture'; readonly format: PictureFormat }
  | { readonly kind: 'unsupported-format'; readonly name: string }
  | { readonly kind: 'svg' }
  | { readonly kind: 'other'; readonly content: OtherContent };

/** How much of the beginning is looked at. */
export const signatureBytes = 4096;

const startsWith = (head: Uint8Array, ...start: readonly number[]): boolean =>
  start.every((byte, at) => head[at] === byte);

const picture = (format: PictureFormat): Signature => ({ kind: 'picture', format });
const other = (content: OtherContent): Signature => ({ kind: 'other', content });
const unsupported = (name: string): Signature => ({ kind: 'unsupported-format', name });

/** head: the first signatureBytes of the file, or all of it. */
export function sniff(head: Uint8Array): Signature {
  if (startsWith(head, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return picture('png');
  if (startsWith(head, 0xff, 0xd8, 0xff)) return picture('jpeg');
  const four = ascii(head, 0, 4);
  if (four === 'RIFF') return ascii(head, 8, 4) === 'WEBP' ? picture('webp') : other('video');
  if (/^GIF8[79]a$/.test(ascii(head, 0, 6))) return picture('gif');
  if (ascii(head, 4, 4) === 'ftyp') return isoMedia(head);
  if (isBitmap(head)) return picture('bmp');
  return knownOther(head, four) ?? textOf(head);
}

/** Two letters are little to go by, so the header behind them has to look like one. */
function isBitmap(head: Uint8Array): boolean {
  if (ascii(head, 0, 2) !== 'BM' || head.length < 18) return false;
  const headerLength = u32le(head, 14);
  return headerLength >= 12 && headerLength <= 256;
}

const avifBrands: ReadonlySet<string> = new Set(['avif', 'avis']);
const heicBrands: ReadonlySet<string> = new Set(['heic', 'heix', 'hevc', 'hevx', 'heim', 'heis', 'hevm', 'hevs']);

/** ISO base media: brands say what is inside; mif1 and msf1 only that it is a picture, so the others are asked too. */
function isoMedia(head: Uint8Array): Signature {
  const end = Math.min(head.length, u32be(head, 0));
  const brands = [ascii(head, 8, 4)];
  for (let at = 16; at + 4 <= end; at += 4) brands.push(ascii(head, at, 4));
  if (brands.some((brand) => avifBrands.has(brand))) return picture('avif');
  if (brands.some((brand) => heicBrands.has(brand) || brand === 'mif1' || brand === 'msf1')) return picture('heic');
  return other('video');
}

function knownOther(head: Uint8Array, four: string): Signature | null {
  if (four === '%PDF') return other('pdf');
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04) || startsWith(head, 0x1f, 0x8b) || four === 'Rar!') {
    return other('archive');
  }
  if (startsWith(head, 0x1a, 0x45, 0xdf, 0xa3)) return other('video');
  if (startsWith(head, 0x49, 0x49, 0x2a, 0x00) || startsWith(head, 0x4d, 0x4d, 0x00, 0x2a)) return unsupported('TIFF');
  if (startsWith(head, 0x00, 0x00, 0x01, 0x00)) return unsupported('ICO');
  if (four === '8BPS') return unsupported('Photoshop');
  if (startsWith(head, 0xff, 0x0a) || ascii(head, 4, 8) === 'JXL \r\n\x87\n') return unsupported('JPEG XL');
  if (ascii(head, 4, 4) === 'jP  ') return unsupported('JPEG 2000');
  return null;
}

const htmlStart =
  /^(?:<!--[^]*?-->|<\?xml[^>]*>|\s)*<(?:!doctype\s+html|html|head|body|script|title|meta|div|p|iframe|a)\b/i;
const svgStart = /<svg[\s>]/i;

/** Marks of UTF-8 and UTF-16 at the start of a text say how it is written. */
function textOf(head: Uint8Array): Signature {
  const encoding = startsWith(head, 0xff, 0xfe) ? 'utf-16le' : startsWith(head, 0xfe, 0xff) ? 'utf-16be' : 'utf-8';
  // Zero bytes are in no text of one byte a character.
  if (encoding === 'utf-8' && head.includes(0)) return other('unknown');
  let text: string;
  try {
    // stream: the head may end in the middle of a character.
    text = new TextDecoder(encoding, { fatal: true }).decode(head, { stream: true });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return other('unknown');
  }
  if (htmlStart.test(text)) return other('html');
  if (svgStart.test(text)) return { kind: 'svg' };
  return other(encoding === 'utf-8' && controlShare(head) > 0.01 ? 'unknown' : 'text');
}

/** Share of bytes that no text of one byte a character has: controls other than tab, line feed and their like. */
function controlShare(head: Uint8Array): number {
  let controls = 0;
  for (const byte of head) if (byte < 0x09 || (byte > 0x0d && byte < 0x20) || byte === 0x7f) controls++;
  return controls / Math.max(1, head.length);
}
