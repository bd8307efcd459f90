/** All records of this device as one file that a person keeps: with no sync target at all, nothing is locked in. */
import type { FeedbackFilter, Outbox } from './outbox.ts';
import type { FeedbackRecord } from './record.ts';
import { pngOfRaster } from './raster-png.ts';
import { tableHead, tableLine } from './records-table.ts';
import { lineToJson } from './wire.ts';
import type { ZipFile } from './zip-write.ts';
import { zipOf } from './zip-write.ts';

/** zip: NDJSON as batches have it, with the pictures and a table beside it for people. ndjson: the same lines in one file. */
export type ExportFormat = 'zip' | 'ndjson';

export type ExportOptions = {
  readonly format: ExportFormat;
  readonly filter: FeedbackFilter;
  readonly onProgress: (done: number, total: number) => void;
};

/** Read at once, and lines in one file of the ZIP: at about 10 KB each a few hundred kilobytes to a few megabytes. */
const recordsAtOnce = 200;

/**
 * Records are read as their bytes are asked for, so 100 000 need no more memory than 200: write it to a file
 * (showSaveFilePicker), or let `new Response(stream).blob()` put it where the browser keeps large blobs.
 * Records that are changed meanwhile are as they are when their turn comes; withdrawn ones are left out.
 * The stream fails with OutboxError, or with the signal's reason.
 */
export function exportRecords(
  signal: AbortSignal,
  outbox: Pick<Outbox, 'ids' | 'get'>,
  options: ExportOptions,
): ReadableStream<Uint8Array<ArrayBuffer>> {
  const groups = groupsOf(signal, outbox, options);
  const pieces = options.format === 'zip' ? zipOf(filesOf(groups)) : linesOf(groups);
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await pieces.return(undefined);
      },
    },
    // Nothing is read ahead of whoever writes it down.
    { highWaterMark: 0 },
  );
}

type Groups = AsyncGenerator<readonly FeedbackRecord[], void, undefined>;

async function* groupsOf(
  signal: AbortSignal,
  outbox: Pick<Outbox, 'ids' | 'get'>,
  { filter, onProgress }: ExportOptions,
): Groups {
  const ids = await outbox.ids(filter, 'newest');
  onProgress(0, ids.length);
  for (let at = 0; at < ids.length; at += recordsAtOnce) {
    signal.throwIfAborted();
    const group = await Promise.all(ids.slice(at, at + recordsAtOnce).map((id) => outbox.get(id)));
    yield group.filter((record) => record !== null);
    onProgress(Math.min(ids.length, at + recordsAtOnce), ids.length);
  }
  signal.throwIfAborted();
}

function textOf(group: readonly FeedbackRecord[]): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(group.map((record) => `${lineToJson(record)}\n`).join(''));
}

async function* linesOf(groups: Groups): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  for await (const group of groups) yield textOf(group);
}

async function* filesOf(groups: Groups): AsyncGenerator<ZipFile, void, undefined> {
  let number = 0;
  const table: string[] = [tableHead];
  for await (const group of groups) {
    number++;
    const name = `records/${String(number).padStart(5, '0')}.ndjson`;
    yield { name, bytes: textOf(group), deflate: true };
    table.push(group.map(tableLine).join(''));
    for (const { id, label, seen, picture } of group) {
      // By letter, so that a folder is what a person looks for, and what other tools take for a data set.
      const at = `${label ?? 'unreadable'}/${id}.png`;
      if (seen !== null) yield { name: `seen/${at}`, bytes: pngOfRaster(seen.raster), deflate: false };
      if (picture !== null) yield { name: `pictures/${at}`, bytes: new Uint8Array(picture), deflate: false };
    }
  }
  yield { name: 'records.csv', bytes: new TextEncoder().encode(table.join('')), deflate: true };
}
