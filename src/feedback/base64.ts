/** Pure: bytes as text, RFC 4648 section 4. Of our own, because atob is not in reach everywhere and is lenient. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const PAD = '=';
/** Characters that are put together in one go: as many arguments as every engine takes. */
const AT_ONCE = 8192;

const codes = Uint8Array.from(ALPHABET, (letter) => letter.charCodeAt(0));
const NONE = 255;
const sixBits = new Uint8Array(128).fill(NONE);
codes.forEach((code, value) => (sixBits[code] = value));

export function toBase64(bytes: Uint8Array): string {
  const out = new Uint8Array(Math.ceil(bytes.length / 3) * 4);
  let at = 0;
  for (let i = 0; i < bytes.length; i += 3) {
    const three = ((bytes[i] ?? 0) << 16) | ((bytes[i + 1] ?? 0) << 8) | (bytes[i + 2] ?? 0);
    out[at++] = codes[three >> 18] ?? 0;
    out[at++] = codes[(three >> 12) & 63] ?? 0;
    out[at++] = codes[(three >> 6) & 63] ?? 0;
    out[at++] = codes[three & 63] ?? 0;
  }
  const missing = (3 - (bytes.length % 3)) % 3;
  out.fill(PAD.charCodeAt(0), out.length - missing);
  let text = '';
  for (let i = 0; i < out.length; i += AT_ONCE) text += String.fromCharCode(...out.subarray(i, i + AT_ONCE));
  return text;
}

/**
 * What the text stands for, or null where it is not base64 as toBase64 writes it: other letters, spaces, missing
 * padding, bits that stand for nothing. So two texts never stand for the same bytes.
 */
export function fromBase64(text: string): Uint8Array | null {
  const length = bytesIn(text);
  if (length === null) return null;
  const bytes = new Uint8Array(length);
  let at = 0;
  for (let i = 0; i < text.length; i += 4) {
    let three = 0;
    for (let j = i; j < i + 4; j++) {
      // Behind the last byte there is padding, and bits that must be 0.
      const padding = at + (j - i) > length && text[j] === PAD;
      const value = padding ? 0 : (sixBits[text.charCodeAt(j)] ?? NONE);
      if (value === NONE) return null;
      three = (three << 6) | value;
    }
    // What would fall behind the end falls on nothing, but must have been nothing.
    bytes[at] = three >> 16;
    bytes[at + 1] = three >> 8;
    bytes[at + 2] = three;
    const over = at + 3 - length;
    if (over > 0 && (three & ((1 << (8 * over)) - 1)) !== 0) return null;
    at += 3;
  }
  return bytes;
}

/** How many bytes a text of this length and padding stands for; null where base64 is never so long. */
function bytesIn(text: string): number | null {
  if (text.length % 4 !== 0) return null;
  return (text.length / 4) * 3 - (text.endsWith('==') ? 2 : text.endsWith('=') ? 1 : 0);
}
