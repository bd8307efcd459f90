/**
 * Pure: the lines of the second copy. `<checksum> <length> <json>`: checksum is the CRC-32 of the JSON's bytes in 8 hex
 * digits, length their number. A line that a kill cut off fits neither and is passed over; what is appended begins
 * with a line feed, so that it never becomes the rest of such a line.
 */
import * as z from 'zod/mini';
import { fromBase64, toBase64 } from '../base64.ts';
import { crc32 } from '../crc32.ts';
import type { Batch } from '../outbox.ts';
import type { FeedbackLine } from '../record.ts';
import { lineToJson } from '../wire.ts';

const Member = z.strictObject({ id: z.string(), revision: z.number() });
const Entry = z.discriminatedUnion('is', [
  /** A record or a withdrawal that waits; line: as lineToJson writes it. */
  z.strictObject({ is: z.literal('line'), id: z.string(), revision: z.number(), line: z.string() }),
  /** Sealed, and not delivered as far as is known; bytes: base64. */
  z.strictObject({
    is: z.literal('sealed'),
    name: z.string(),
    gzip: z.boolean(),
    date: z.string(),
    members: z.array(Member),
    bytes: z.string(),
  }),
  z.strictObject({ is: z.literal('delivered'), name: z.string() }),
  /** This revision, or its withdrawal, was there: what a batch that is still due holds of an earlier one is out of date. */
  z.strictObject({ is: z.literal('reached'), id: z.string(), revision: z.number() }),
]);
export type Entry = z.infer<typeof Entry>;

const encoder = new TextEncoder();
const digits = 8;

function textOf(entry: Entry): string {
  const json = JSON.stringify(entry);
  const bytes = encoder.encode(json);
  return `${crc32(bytes).toString(16).padStart(digits, '0')} ${bytes.length} ${json}`;
}

export const lineText = (line: FeedbackLine): string =>
  textOf({ is: 'line', id: line.id, revision: line.revision, line: lineToJson(line) });

export function sealedText({ name, gzip, date, members, bytes }: Batch): string {
  const copies = members.map(({ id, revision }) => ({ id, revision }));
  return textOf({ is: 'sealed', name, gzip, date, members: copies, bytes: toBase64(bytes) });
}

export const deliveredText = (name: string): string => textOf({ is: 'delivered', name });

export const reachedText = (id: string, revision: number): string => textOf({ is: 'reached', id, revision });

/** Null for what is no whole line of ours. */
export function entryIn(text: string): Entry | null {
  const [, checksum = '', length = '', json = ''] = /^([0-9a-f]{8}) (\d{1,9}) (.*)$/s.exec(text) ?? [];
  const bytes = encoder.encode(json);
  if (json === '' || bytes.length !== Number(length) || crc32(bytes) !== Number.parseInt(checksum, 16)) return null;
  // The checksum says that it is as it was written; by a later version perhaps.
  const read = z.safeParse(Entry, JSON.parse(json));
  return read.success ? read.data : null;
}

/** Of a sealed entry; null where it is not what was written. */
export function batchIn(entry: Extract<Entry, { is: 'sealed' }>): Batch | null {
  const { name, gzip, date, members } = entry;
  const bytes = fromBase64(entry.bytes);
  return bytes === null ? null : { name, gzip, date, members, bytes };
}
