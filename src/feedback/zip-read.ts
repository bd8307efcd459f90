/**
 * Reads a ZIP that a stranger may have made. The directory at its end is what counts; what it says is checked before
 * anything is unpacked, and again while it is. Nothing is ever written under the names that it holds.
 */
import { crc32 } from './crc32.ts';
import { ImportError } from './import-error.ts';
import { importLimits, problemOfSize } from './import-limits.ts';
import { most32, signatures, sizes } from './zip-layout.ts';

/** problem: why this one is not to be read; the others may be. */
export type FoundEntry = {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly offset: number;
  readonly problem: ImportError | null;
};

/** Rejects with ImportError where the whole cannot be read. */
export async function directoryOf(file: Blob): Promise<readonly FoundEntry[]> {
  const { count, size, offset } = await endOf(file);
  if (count > importLimits.entries || size > importLimits.directory)
    throw new ImportError('too-large', `The ZIP lists more than ${importLimits.entries} files.`);
  const bytes = await bytesOf(file, offset, size);
  const view = new DataView(bytes.buffer);
  const entries: FoundEntry[] = [];
  for (let at = 0; entries.length < count;) {
    if (at + sizes.entry > size || view.getUint32(at, true) !== signatures.entry)
      throw damaged('its directory is cut off');
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const extraAt = at + sizes.entry + nameLength;
    const next = extraAt + extraLength + view.getUint16(at + 32, true);
    if (next > size) throw damaged('its directory is cut off');
    entries.push(entryOf(view, at, nameOf(bytes.subarray(at + sizes.entry, extraAt)), extraAt, extraLength));
    at = next;
  }
  return withoutOverlap(entries, offset);
}

/** The unpacked bytes, checked against the directory to the last one. Rejects with ImportError. */
export async function openEntry(file: Blob, entry: FoundEntry): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
  if (entry.problem !== null) throw entry.problem;
  const header = new DataView((await bytesOf(file, entry.offset, sizes.local)).buffer);
  if (header.getUint32(0, true) !== signatures.local) throw damaged(`${entry.name} is not where it should be`);
  const start = entry.offset + sizes.local + header.getUint16(26, true) + header.getUint16(28, true);
  const packed = file.slice(start, start + entry.packedSize).stream();
  const plain = entry.method === 0 ? packed : packed.pipeThrough(new DecompressionStream('deflate-raw'));
  let length = 0;
  let crc = 0;
  return plain.pipeThrough(
    new TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>({
      transform(bytes, controller) {
        length += bytes.length;
        if (length > entry.size) throw new ImportError('too-large', `${entry.name} is larger than it says.`);
        crc = crc32(bytes, crc);
        controller.enqueue(bytes);
      },
      flush() {
        if (length !== entry.size || crc !== entry.crc) throw damaged(`the checksum of ${entry.name} is wrong`);
      },
    }),
  );
}

const damaged = (why: string): ImportError => new ImportError('damaged', `The ZIP is damaged: ${why}.`);

async function bytesOf(file: Blob, at: number, length: number): Promise<Uint8Array<ArrayBuffer>> {
  if (at < 0 || at + length > file.size) throw damaged('a part of it is missing');
  return new Uint8Array(await file.slice(at, at + length).arrayBuffer());
}

async function endOf(file: Blob): Promise<{ count: number; size: number; offset: number }> {
  // A comment of up to 65 535 bytes may follow.
  const tailAt = Math.max(0, file.size - sizes.end - 0xffff);
  const tail = new DataView((await bytesOf(file, tailAt, file.size - tailAt)).buffer);
  let at = tail.byteLength - sizes.end;
  const isEnd = (): boolean =>
    tail.getUint32(at, true) === signatures.end && tail.getUint16(at + 20, true) === tail.byteLength - at - sizes.end;
  while (at >= 0 && !isEnd()) at--;
  if (at < 0) throw damaged('its end is missing');
  const locator = at - sizes.locator64;
  let end = {
    count: tail.getUint16(at + 10, true),
    size: tail.getUint32(at + 12, true),
    offset: tail.getUint32(at + 16, true),
  };
  let endsAt = tailAt + at;
  if (locator >= 0 && tail.getUint32(locator, true) === signatures.locator64) {
    endsAt = big(tail, locator + 8);
    const end64 = new DataView((await bytesOf(file, endsAt, sizes.end64)).buffer);
    if (end64.getUint32(0, true) !== signatures.end64) throw damaged('its end is missing');
    end = { count: big(end64, 32), size: big(end64, 40), offset: big(end64, 48) };
  }
  if (end.offset + end.size > endsAt) throw damaged('its directory is not where it should be');
  return end;
}

/** Numbers beyond what a double holds are beyond any file as well. */
const big = (view: DataView, at: number): number => Number(view.getBigUint64(at, true));

function nameOf(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function entryOf(view: DataView, at: number, name: string, extraAt: number, extraLength: number): FoundEntry {
  const flags = view.getUint16(at + 8, true);
  const method = view.getUint16(at + 10, true);
  let size = view.getUint32(at + 24, true);
  let packedSize = view.getUint32(at + 20, true);
  let offset = view.getUint32(at + 42, true);
  // The 64-bit numbers stand in this order, and only those that did not fit.
  let wide = wideNumbers(view, extraAt, extraLength);
  const take = (narrow: number): number => {
    if (narrow !== most32 || wide === null) return narrow;
    const [first = narrow, ...rest] = wide;
    wide = rest;
    return first;
  };
  size = take(size);
  packedSize = take(packedSize);
  offset = take(offset);
  const crc = view.getUint32(at + 16, true);
  return { name, method, crc, packedSize, size, offset, problem: problemOf(name, flags, method, size, packedSize) };
}

function wideNumbers(view: DataView, extraAt: number, extraLength: number): readonly number[] | null {
  for (let at = extraAt; at + 4 <= extraAt + extraLength;) {
    const length = Math.min(view.getUint16(at + 2, true), extraAt + extraLength - at - 4);
    if (view.getUint16(at, true) === 1)
      return Array.from({ length: Math.floor(length / 8) }, (_, i) => big(view, at + 4 + 8 * i));
    at += 4 + length;
  }
  return null;
}

function problemOf(name: string, flags: number, method: number, size: number, packedSize: number): ImportError | null {
  // Nothing is written under these names; a file that tries is not of ours, and not to be trusted in the rest either.
  if (/(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[a-z]:|\\|\0/i.test(name))
    return new ImportError('unsafe', `The name ${JSON.stringify(name.slice(0, 100))} leads out of its folder.`);
  if ((flags & 1) !== 0) return new ImportError('unsupported', `${name} is encrypted.`);
  if (method !== 0 && method !== 8) return new ImportError('unsupported', `${name} is packed by method ${method}.`);
  if (method === 0 && size !== packedSize) return damaged(`${name} has two lengths`);
  const problem = problemOfSize(size, packedSize);
  return problem === null ? null : new ImportError('too-large', `${name} ${problem}.`);
}

/** Files that share their bytes make a small ZIP unpack to anything (https://www.bamsoftware.com/hacks/zipbomb/). */
function withoutOverlap(entries: readonly FoundEntry[], directoryOffset: number): readonly FoundEntry[] {
  const order = [...entries.keys()].toSorted((a, b) => (entries[a]?.offset ?? 0) - (entries[b]?.offset ?? 0));
  const overlapping = new Set<number>();
  for (const [place, index] of order.entries()) {
    const entry = entries[index];
    const next = order[place + 1];
    const limit = next === undefined ? directoryOffset : (entries[next]?.offset ?? directoryOffset);
    if (entry !== undefined && entry.offset + sizes.local + entry.packedSize > limit) overlapping.add(index);
  }
  return entries.map((entry, index) =>
    overlapping.has(index) && entry.problem === null
      ? { ...entry, problem: new ImportError('unsafe', `${entry.name} lies within another file.`) }
      : entry,
  );
}
