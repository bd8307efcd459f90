/** Cuts a stream into lines without ever holding more than one of them. */
import { importLimits } from './import-limits.ts';

/** number counts from 1. text: null where the line is too long, or no UTF-8. Empty lines are counted and left out. */
export type ImportLine = { readonly number: number; readonly text: string | null };

export async function* linesOf(
  stream: ReadableStream<Uint8Array<ArrayBuffer>>,
  most: number = importLimits.line,
): AsyncGenerator<ImportLine, void, undefined> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = stream.getReader();
  let parts: Uint8Array[] = [];
  let length = 0;
  let number = 0;
  const take = (): ImportLine | null => {
    number++;
    const tooLong = length > most;
    const bytes = joined(parts, tooLong ? 0 : length);
    parts = [];
    length = 0;
    if (tooLong) return { number, text: null };
    try {
      const text = decoder.decode(bytes).trim();
      return text === '' ? null : { number, text };
    } catch {
      return { number, text: null };
    }
  };
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      for (let start = 0; start < value.length;) {
        const feed = value.indexOf(10, start);
        const end = feed < 0 ? value.length : feed;
        length += end - start;
        // The rest of a line that is too long is passed over, not kept.
        if (length <= most) parts.push(value.subarray(start, end));
        else parts = [];
        start = end + 1;
        if (feed < 0) continue;
        const line = take();
        if (line !== null) yield line;
      }
    }
    if (length > 0) {
      const line = take();
      if (line !== null) yield line;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined && size > 0) return only;
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of size === 0 ? [] : parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
