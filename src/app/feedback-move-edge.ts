import { exportRecords } from '#feedback/export';
import type { ExportFormat } from '#feedback/export';
import { importRecords } from '#feedback/import';
import { ImportError } from '#feedback/import-error';
import type { ImportReport } from '#feedback/import';
import type { Outbox } from '#feedback/outbox';
import { everything } from './feedback-list.ts';

export type { ExportFormat, ImportReport };

const types: Readonly<Record<ExportFormat, string>> = { zip: 'application/zip', ndjson: 'application/x-ndjson' };

/**
 * Hands all records to the person as a download and returns its name. The file is written piece by piece to where the
 * browser keeps large blobs. Rejects with OutboxError, or with the signal's reason.
 */
export async function downloadRecords(
  signal: AbortSignal,
  outbox: Outbox,
  format: ExportFormat,
  now: Date,
  onProgress: (done: number, total: number) => void,
): Promise<string> {
  const stream = exportRecords(signal, outbox, { format, filter: everything, onProgress });
  const blob = await new Response(stream, { headers: { 'Content-Type': types[format] } }).blob();
  const name = `ktav-feedback-${now.toISOString().slice(0, 10)}.${format}`;
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the bytes by then.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
  return name;
}

/** reason: why the file as a whole was refused, in English, for the person who knows where it came from. */
export type ImportOutcome = ImportReport | { readonly reason: string };

/**
 * Records from a file wait to be sent like those made here: whoever reads batches knows a record by its id, so that one
 * that another device has sent already is not counted twice. Rejects with OutboxError, or with the signal's reason.
 */
export async function takeRecords(
  signal: AbortSignal,
  outbox: Outbox,
  file: File,
  onProgress: (done: number, total: number) => void,
): Promise<ImportOutcome> {
  try {
    return await importRecords(signal, file, outbox, { as: 'waiting', onProgress });
  } catch (error) {
    if (error instanceof ImportError) return { reason: error.message };
    throw error;
  }
}
