/** Writes a ZIP piece by piece: only its directory is remembered, about a hundred bytes a file. */
import { crc32 } from './crc32.ts';
import { directoryEntry, endOfZip, localHeader } from './zip-layout.ts';
import type { ZipEntry } from './zip-layout.ts';

/** One file to be written. deflate: text; pictures are packed already. */
export type ZipFile = { readonly name: string; readonly bytes: Uint8Array<ArrayBuffer>; readonly deflate: boolean };

/** The bytes of a ZIP with these files, in their order; each is asked for when the one before has been taken. */
export async function* zipOf(files: AsyncIterable<ZipFile>): AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined> {
  const directory: Uint8Array<ArrayBuffer>[] = [];
  let offset = 0;
  for await (const { name, bytes, deflate } of files) {
    const packed = deflate ? await deflated(bytes) : bytes;
    const entry: ZipEntry = {
      name: new TextEncoder().encode(name),
      method: deflate ? 8 : 0,
      crc: crc32(bytes),
      packedSize: packed.length,
      size: bytes.length,
      offset,
    };
    const header = localHeader(entry);
    yield header;
    yield packed;
    offset += header.length + packed.length;
    directory.push(directoryEntry(entry));
  }
  let size = 0;
  for (const line of directory) {
    yield line;
    size += line.length;
  }
  yield endOfZip(directory.length, size, offset);
}

async function deflated(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
