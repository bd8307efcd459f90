/** Takes records out of an export or a batch, with the checks of everything that comes from outside. */
import { ImportError } from './import-error.ts';
import type { ImportErrorCode } from './import-error.ts';
import { importLimits } from './import-limits.ts';
import { linesOf } from './import-lines.ts';
import type { ImportLine } from './import-lines.ts';
import type { ImportSource } from './import-source.ts';
import { sourcesOf } from './import-source.ts';
import type { Outbox } from './outbox.ts';
import type { FeedbackRecord } from './record.ts';
import type { WireErrorCode } from './wire.ts';
import { lineFromJson, WireError } from './wire.ts';

/** line: null where the whole part was refused. unreadable: too long for a line, or no UTF-8. detail: for the report, in English. */
export type ImportRefusal = {
  readonly place: string;
  readonly line: number | null;
  readonly code: ImportErrorCode | WireErrorCode | 'unreadable';
  readonly detail: string;
};

/**
 * known: this device has them, as they are or newer. outdated: the file itself holds a later revision, or takes them
 * back. refusals: the first of all that were refused, by place and line.
 */
export type ImportReport = {
  readonly added: number;
  readonly known: number;
  readonly outdated: number;
  readonly refused: number;
  readonly refusals: readonly ImportRefusal[];
};

export type ImportOptions = {
  /** sent: only kept. waiting: to go to the sync target, too. */
  readonly as: 'waiting' | 'sent';
  readonly onProgress: (lines: number, total: number) => void;
};

const recordsAtOnce = 100;
const refusalsShown = 1000;

/**
 * The file is read twice: what it takes back, and whether its parts are whole, is known before anything is kept.
 * Rejects with ImportError where the file as a whole is refused, with OutboxError, or with the signal's reason; what
 * was added until then stays, and is known when the import is repeated.
 */
export async function importRecords(
  signal: AbortSignal,
  file: Blob,
  outbox: Pick<Outbox, 'addAll'>,
  { as, onProgress }: ImportOptions,
): Promise<ImportReport> {
  const refusals: ImportRefusal[] = [];
  let refused = 0;
  const refuse = (refusal: ImportRefusal): void => {
    refused++;
    if (refusals.length < refusalsShown) refusals.push(refusal);
  };
  const { whole, latest, total } = await survey(signal, await sourcesOf(file), refuse);

  let added = 0;
  let known = 0;
  let outdated = 0;
  let lines = 0;
  let group: FeedbackRecord[] = [];
  const keep = async (): Promise<void> => {
    signal.throwIfAborted();
    const fresh = await outbox.addAll(group, as);
    added += fresh;
    known += group.length - fresh;
    group = [];
    onProgress(lines, total);
  };
  for (const { place, open } of whole) {
    for await (const line of linesOf(await open())) {
      lines++;
      const record = recordOf(line, place, refuse);
      if (record === null) continue;
      if (latest.take(record)) group.push(record);
      else outdated++;
      if (group.length >= recordsAtOnce) await keep();
    }
  }
  await keep();
  return { added, known, outdated, refused, refusals };
}

/** Null for what is refused, and for a withdrawal, which the survey has read. */
function recordOf({ number, text }: ImportLine, place: string, refuse: (refusal: ImportRefusal) => void) {
  const at = { place, line: number };
  if (text === null) {
    refuse({ ...at, code: 'unreadable', detail: 'is no UTF-8, or too long for a line' });
    return null;
  }
  try {
    const line = lineFromJson(text);
    return 'withdrawn' in line ? null : line;
  } catch (error) {
    if (!(error instanceof WireError)) throw error;
    refuse({ ...at, code: error.code, detail: error.message });
    return null;
  }
}

/** Which revision of each record counts, and whether it is to be had at all. */
class Latest {
  readonly #revisions = new Map<string, { revision: number; withdrawn: boolean }>();

  see(id: string, revision: number, withdrawn: boolean): void {
    const known = this.#revisions.get(id);
    // A withdrawal takes back every revision up to its own.
    const later = known === undefined || revision > known.revision || (revision === known.revision && withdrawn);
    if (later) this.#revisions.set(id, { revision, withdrawn });
  }

  /** True once for the revision that counts. */
  take({ id, revision }: FeedbackRecord): boolean {
    const known = this.#revisions.get(id);
    if (known === undefined || known.withdrawn || known.revision !== revision) return false;
    this.#revisions.set(id, { revision, withdrawn: true });
    return true;
  }
}

async function survey(
  signal: AbortSignal,
  sources: readonly ImportSource[],
  refuse: (refusal: ImportRefusal) => void,
): Promise<{ whole: readonly ImportSource[]; latest: Latest; total: number }> {
  const latest = new Latest();
  const whole: ImportSource[] = [];
  let total = 0;
  for (const source of sources) {
    try {
      const seen: Parameters<Latest['see']>[] = [];
      for await (const { text } of linesOf(await source.open())) {
        signal.throwIfAborted();
        if (++total > importLimits.lines)
          throw new ImportError('too-large', `The file has more than ${importLimits.lines} lines.`);
        const line = text === null ? null : lineOf(text);
        if (line !== null) seen.push([line.id, line.revision, 'withdrawn' in line]);
      }
      for (const line of seen) latest.see(...line);
      whole.push(source);
    } catch (cause) {
      if (signal.aborted) throw signal.reason;
      const error =
        cause instanceof ImportError ? cause : new ImportError('damaged', 'It cannot be unpacked.', { cause });
      // A single file that is damaged is a refusal of all; in a ZIP the other parts may be had.
      if (sources.length === 1 || total > importLimits.lines) throw error;
      refuse({ place: source.place, line: null, code: error.code, detail: error.message });
    }
  }
  return { whole, latest, total };
}

function lineOf(text: string) {
  try {
    return lineFromJson(text);
  } catch (error) {
    // The second reading reports it, by its line.
    if (error instanceof WireError) return null;
    throw error;
  }
}
