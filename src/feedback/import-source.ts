/** From a file that a person chose to streams of lines. */
import { ImportError } from './import-error.ts';
import { importLimits, problemOfSize } from './import-limits.ts';
import { directoryOf, openEntry } from './zip-read.ts';

/** place: its name in the ZIP; empty where the file itself holds the lines. open may be called again, and gives the same. */
export type ImportSource = {
  readonly place: string;
  open(): Promise<ReadableStream<Uint8Array<ArrayBuffer>>>;
};

/** What a file is, by its own bytes: its name and type are never asked. Rejects with ImportError. */
export async function sourcesOf(file: Blob): Promise<readonly ImportSource[]> {
  const head = new Uint8Array(await file.slice(0, 64).arrayBuffer());
  if (head[0] === 0x50 && head[1] === 0x4b) return sourcesOfZip(file);
  // A batch as it lies in an object store.
  if (head[0] === 0x1f && head[1] === 0x8b) return [{ place: '', open: async () => gunzipped(file) }];
  const begins = new TextDecoder().decode(head).trimStart();
  if (!begins.startsWith('{')) throw new ImportError('not-ours', 'The file is neither a ZIP nor lines of records.');
  return [{ place: '', open: async () => file.stream() }];
}

/** Pictures and whatever else lies beside the lines are for people and passed over. */
async function sourcesOfZip(file: Blob): Promise<readonly ImportSource[]> {
  const entries = (await directoryOf(file)).filter(({ name }) => name.endsWith('.ndjson'));
  if (entries.length === 0) throw new ImportError('not-ours', 'The ZIP holds no lines of records (.ndjson).');
  if (entries.reduce((sum, { size }) => sum + size, 0) > importLimits.whole)
    throw new ImportError('too-large', `The ZIP unpacks to more than ${importLimits.whole} bytes.`);
  return entries.map((entry) => ({ place: entry.name, open: () => openEntry(file, entry) }));
}

function gunzipped(file: Blob): ReadableStream<Uint8Array<ArrayBuffer>> {
  let length = 0;
  return file
    .stream()
    .pipeThrough(new DecompressionStream('gzip'))
    .pipeThrough(
      new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
        transform(bytes, controller) {
          length += bytes.length;
          const problem = problemOfSize(length, file.size);
          if (problem !== null) throw new ImportError('too-large', `The file ${problem}.`);
          controller.enqueue(bytes);
        },
      }),
    );
}
