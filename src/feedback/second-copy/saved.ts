/** From a journal to what an outbox can put back. */
import type { Saved } from '../outbox.ts';
import type { FeedbackLine } from '../record.ts';
import { lineFromJson } from '../wire.ts';
import { batchIn } from './journal-line.ts';
import type { Owed } from './owed.ts';

/**
 * Rejects with WireError where a line is none of ours: every one was when it was written, and its checksum says that it is
 * as it was.
 */
export async function savedFrom(owed: Owed): Promise<Saved> {
  const batches: Saved['batches'][number][] = [];
  for (const { entry } of owed.batches.values()) {
    const batch = batchIn(entry);
    if (batch !== null) batches.push({ batch, lines: await linesIn(batch.bytes, batch.gzip) });
  }
  const lines = Array.from(owed.lines.values(), ({ entry }) => lineFromJson(entry.line));
  return { batches, lines, reached: owed.reached };
}

async function linesIn(bytes: Uint8Array, gzip: boolean): Promise<readonly FeedbackLine[]> {
  const plain = new Uint8Array(bytes);
  const stream = new Blob([plain]).stream();
  const text = gzip
    ? await new Response(stream.pipeThrough(new DecompressionStream('gzip'))).text()
    : new TextDecoder().decode(plain);
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map(lineFromJson);
}
