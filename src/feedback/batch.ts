/** Seals records together. What a batch holds is decided once: from then on it is bytes with a name. */
import type { Batch, BatchMember } from './outbox.ts';
import type { FeedbackLine } from './record.ts';
import { lineToJson } from './wire.ts';

/** SHA-256 as 64 lower-case hex digits; sha256 of #model/sha256 in the app. */
export type Hash = (bytes: Uint8Array<ArrayBuffer>) => Promise<string>;

/** What goes into the next batch: bytes are NDJSON, each line ended by a line feed. */
export type Draft = { readonly bytes: Uint8Array<ArrayBuffer>; readonly members: readonly BatchMember[] };

/**
 * The longest beginning of lines that has no more than capBytes. A first line that is larger by itself makes a draft
 * of its own, so that it stands in nobody's way; isOversize tells it. null: no lines.
 */
export function draftOf(lines: readonly FeedbackLine[], capBytes: number): Draft | null {
  const encoder = new TextEncoder();
  const parts: Uint8Array[] = [];
  const members: BatchMember[] = [];
  let size = 0;
  for (const line of lines) {
    const part = encoder.encode(`${lineToJson(line)}\n`);
    if (members.length > 0 && size + part.length > capBytes) break;
    parts.push(part);
    members.push({ id: line.id, revision: line.revision });
    size += part.length;
    if (size > capBytes) break;
  }
  return members.length === 0 ? null : { bytes: joined(parts, size), members };
}

/** Only a record that is too large by itself makes a batch that is: no smaller one can be made of it. */
export function isOversize(batch: Pick<Batch, 'members'> & { readonly size: number }, capBytes: number): boolean {
  return batch.members.length === 1 && batch.size > capBytes;
}

/**
 * gzip is a wish: bytes that would not shrink stay as they are. It comes after the cap, which so bounds what a reader
 * unpacks too, but for a single record that only fits when packed. now: epoch milliseconds.
 */
export async function batchOf(draft: Draft, gzip: boolean, now: number, hash: Hash): Promise<Batch> {
  const packed = gzip ? await gzipped(draft.bytes) : draft.bytes;
  const smaller = packed.length < draft.bytes.length;
  const bytes = smaller ? packed : draft.bytes;
  return { name: await hash(bytes), bytes, gzip: smaller, date: dateOf(now), members: draft.members };
}

/** yyyy-mm-dd in UTC, also where the clock stands in a year that does not fit. */
export function dateOf(now: number): string {
  const lastOfYear9999 = 253_402_300_799_999;
  return new Date(Math.min(lastOfYear9999, Math.max(0, now))).toISOString().slice(0, 10);
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

async function gzipped(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  // Safari before 16.4 and Firefox before 113 have none.
  if (typeof CompressionStream === 'undefined') return bytes;
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('gzip'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
