import { ModelError } from './error.ts';
import { fileKey } from './keys.ts';
import { stream } from './download.ts';
import type { Fetch, Source } from './download.ts';
import { sha256 } from './sha256.ts';
import type { ModelStore } from './store.ts';

/** A file as a manifest or catalog promises it. */
export type Wanted = { readonly url: string; readonly bytes: number; readonly sha256: string };
export type OnBytes = (loadedBytes: number, from: 'cache' | 'network') => void;

/** A lost connection is taken up again this often in one visit, as long as each try brought something. */
const MAX_RESUMPTIONS = 4;
const SMALLEST_PART = 64 * 1024;

/**
 * The bytes of a file: from the store if they are there, else from the network, going on from what an earlier visit
 * left. Nothing leaves this function whose SHA-256 was not checked in this very call. A wrong hash costs one clean
 * download past every cache; wrong again is an error. What cannot be stored is returned all the same.
 * Errors: those of stream(), and 'hash-mismatch'.
 */
export async function obtain(
  signal: AbortSignal,
  wanted: Wanted,
  { store, fetch }: { readonly store: ModelStore; readonly fetch: Fetch },
  onBytes: OnBytes,
): Promise<Uint8Array<ArrayBuffer>> {
  const key = fileKey(wanted.sha256);
  const kept = await store.read(key);
  if (kept !== null) {
    if (await isRight(kept, wanted)) {
      onBytes(kept.length, 'cache');
      return kept;
    }
    await store.remove(key);
  }

  const partial = await PartialFile.open(store, wanted);
  let cache: 'default' | 'reload' = 'default';
  for (let resumptions = 0; ;) {
    const before = partial.filled;
    onBytes(before, 'network');
    const report = (): void => onBytes(partial.filled, 'network');
    const failure = await attempt(signal, { fetch, url: wanted.url, cache }, partial, wanted.bytes, report);
    if (failure?.code === 'offline' && partial.filled > before && resumptions < MAX_RESUMPTIONS) {
      resumptions++;
      continue;
    }
    if (failure !== null && failure.code !== 'hash-mismatch') throw failure;
    if (failure === null && (await isRight(partial.bytes, wanted))) break;
    await partial.restart();
    if (cache === 'reload') throw failure ?? mismatch(wanted.url, 'is not the file that the manifest names');
    cache = 'reload';
  }
  await store.write(key, partial.bytes);
  // Trips to the browser's process, one for each part, that whoever waits for the bytes need not wait for.
  void partial.forget();
  return partial.bytes;
}

/** One request. What came of it is in partial, and in the store, also when it failed. */
async function attempt(
  signal: AbortSignal,
  source: Source,
  partial: PartialFile,
  total: number,
  report: () => void,
): Promise<ModelError | null> {
  try {
    await stream(signal, source, { from: partial.filled, total }, async (bytes, at) => {
      if (at + bytes.length > total) throw mismatch(source.url, `is longer than the ${total} bytes of the manifest`);
      await partial.add(bytes, at);
      report();
    });
    return null;
  } catch (error) {
    await partial.flush();
    if (error instanceof ModelError) return error;
    throw error;
  }
}

function mismatch(url: string, message: string): ModelError {
  return new ModelError('hash-mismatch', url, message);
}

async function isRight(bytes: Uint8Array<ArrayBuffer>, wanted: Wanted): Promise<boolean> {
  return bytes.length === wanted.bytes && (await sha256(bytes)) === wanted.sha256;
}

/** A file on its way, with the finished parts in the store: "part/<sha256>/<offset>". */
class PartialFile {
  filled = 0;
  readonly #store: ModelStore;
  readonly #prefix: string;
  readonly #buffer: Uint8Array<ArrayBuffer>;
  readonly #partSize: number;
  #stored = 0;

  private constructor(store: ModelStore, wanted: Wanted) {
    this.#store = store;
    this.#prefix = `part/${wanted.sha256}/`;
    this.#buffer = new Uint8Array(wanted.bytes);
    // At most some 64 entries, however large the file.
    this.#partSize = Math.max(SMALLEST_PART, Math.ceil(wanted.bytes / 64));
  }

  /** What is there so far; shorter than the file until it is whole. */
  get bytes(): Uint8Array<ArrayBuffer> {
    return this.filled === this.#buffer.length ? this.#buffer : this.#buffer.slice(0, this.filled);
  }

  static async open(store: ModelStore, wanted: Wanted): Promise<PartialFile> {
    const file = new PartialFile(store, wanted);
    const keys = await store.keys(file.#prefix);
    const offsets = keys.map((key) => Number(key.slice(file.#prefix.length))).toSorted((a, b) => a - b);
    for (const offset of offsets) {
      const part = await store.read(file.#prefix + offset);
      // A gap, or two tabs that cut differently: what follows without one is still good.
      if (part === null || offset > file.filled || offset + part.length > wanted.bytes) continue;
      file.#buffer.set(part, offset);
      file.filled = Math.max(file.filled, offset + part.length);
    }
    // A whole file that never got its name: its last byte is asked for again, so that there is something to resume.
    if (file.filled === wanted.bytes) file.filled--;
    file.#stored = file.filled;
    return file;
  }

  async add(bytes: Uint8Array, at: number): Promise<void> {
    if (at < this.filled) await this.restart();
    this.#buffer.set(bytes, at);
    this.filled = at + bytes.length;
    if (this.filled - this.#stored >= this.#partSize) await this.flush();
  }

  async flush(): Promise<void> {
    if (this.filled <= this.#stored || this.filled === this.#buffer.length) return;
    await this.#store.write(this.#prefix + this.#stored, this.#buffer.slice(this.#stored, this.filled));
    this.#stored = this.filled;
  }

  async restart(): Promise<void> {
    this.filled = 0;
    this.#stored = 0;
    await this.forget();
  }

  async forget(): Promise<void> {
    for (const key of await this.#store.keys(this.#prefix)) await this.#store.remove(key);
  }
}
