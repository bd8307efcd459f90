/**
 * Pure: the records that a ZIP is made of (PKWARE APPNOTE 6.3.10), for writing and for reading. All little-endian.
 * The 64-bit forms are there for the number of entries and for their places: 100 000 records with a picture each are
 * more than the 65 535 files of a plain ZIP.
 */

export const signatures = {
  local: 0x04034b50,
  entry: 0x02014b50,
  end: 0x06054b50,
  end64: 0x06064b50,
  locator64: 0x07064b50,
} as const;
export const sizes = { local: 30, entry: 46, end: 22, end64: 56, locator64: 20 } as const;

const most16 = 0xffff;
export const most32 = 0xffffffff;
/** Bit 11: the name is UTF-8. */
const utf8Flag = 0x0800;
const version = 45;

/** A finished file: method 0 is as it is, 8 is deflated. size and packedSize in bytes, below 4 GB. */
export type ZipEntry = {
  readonly name: Uint8Array;
  readonly method: 0 | 8;
  readonly crc: number;
  readonly packedSize: number;
  readonly size: number;
  readonly offset: number;
};

/** What stands in front of each file. */
export function localHeader(entry: ZipEntry): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(sizes.local + entry.name.length);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signatures.local, true);
  common(view, 4, entry);
  view.setUint16(26, entry.name.length, true);
  bytes.set(entry.name, sizes.local);
  return bytes;
}

/** Its line in the directory at the end. */
export function directoryEntry(entry: ZipEntry): Uint8Array<ArrayBuffer> {
  const far = entry.offset >= most32;
  const bytes = new Uint8Array(sizes.entry + entry.name.length + (far ? 12 : 0));
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signatures.entry, true);
  view.setUint16(4, version, true);
  common(view, 6, entry);
  view.setUint16(28, entry.name.length, true);
  view.setUint16(30, far ? 12 : 0, true);
  view.setUint32(42, far ? most32 : entry.offset, true);
  bytes.set(entry.name, sizes.entry);
  if (far) {
    const extra = sizes.entry + entry.name.length;
    view.setUint16(extra, 1, true);
    view.setUint16(extra + 2, 8, true);
    view.setBigUint64(extra + 4, BigInt(entry.offset), true);
  }
  return bytes;
}

/** From the version needed to the uncompressed size, the same in both. The time stays at the epoch of DOS: 1 January 1980. */
function common(view: DataView, at: number, { method, crc, packedSize, size }: ZipEntry): void {
  view.setUint16(at, version, true);
  view.setUint16(at + 2, utf8Flag, true);
  view.setUint16(at + 4, method, true);
  view.setUint16(at + 8, (1 << 5) | 1, true);
  view.setUint32(at + 10, crc, true);
  view.setUint32(at + 14, packedSize, true);
  view.setUint32(at + 18, size, true);
}

/** The end, in both forms where the plain one cannot say it. */
export function endOfZip(count: number, directorySize: number, directoryOffset: number): Uint8Array<ArrayBuffer> {
  const large = count >= most16 || directoryOffset >= most32 || directorySize >= most32;
  const before = large ? sizes.end64 + sizes.locator64 : 0;
  const bytes = new Uint8Array(before + sizes.end);
  const view = new DataView(bytes.buffer);
  if (large) {
    view.setUint32(0, signatures.end64, true);
    view.setBigUint64(4, BigInt(sizes.end64 - 12), true);
    view.setUint16(12, version, true);
    view.setUint16(14, version, true);
    view.setBigUint64(24, BigInt(count), true);
    view.setBigUint64(32, BigInt(count), true);
    view.setBigUint64(40, BigInt(directorySize), true);
    view.setBigUint64(48, BigInt(directoryOffset), true);
    view.setUint32(sizes.end64, signatures.locator64, true);
    view.setBigUint64(sizes.end64 + 8, BigInt(directoryOffset + directorySize), true);
    view.setUint32(sizes.end64 + 16, 1, true);
  }
  view.setUint32(before, signatures.end, true);
  view.setUint16(before + 8, Math.min(most16, count), true);
  view.setUint16(before + 10, Math.min(most16, count), true);
  view.setUint32(before + 12, Math.min(most32, directorySize), true);
  view.setUint32(before + 16, Math.min(most32, directoryOffset), true);
  return bytes;
}
