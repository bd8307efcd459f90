import * as z from 'zod/mini';
import { ModelError } from './error.ts';
import { readWith, whole } from './schema.ts';
import type { Read } from './schema.ts';

/**
 * A packed model: an fp32 ONNX file whose large weights travel as int8 with one scale for each row, a quarter of the
 * size. Layout, all numbers little-endian (docs/model-package.md shows it byte by byte):
 *
 *   8  "KTAVPACK"
 *   4  u32 format version, 1
 *   4  u32 length of the header in bytes
 *   n  header: UTF-8 JSON, { "segments": [...] }
 *      payload, one segment behind the other:
 *        { "kind": "copy", "bytes": b }                b bytes, as they are
 *        { "kind": "int8", "rows": r, "columns": c }   r float32 scales, then r × c int8
 *
 * version 1: first release.
 */
const MAGIC = 'KTAVPACK';
const FORMAT_VERSION = 1;
const PREAMBLE = 16;
const MAX_HEADER = 1024 * 1024;
const MAX_COUNT = 2 ** 26;

const Segment = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('copy'), bytes: whole(1, MAX_COUNT) }),
  z.strictObject({ kind: z.literal('int8'), rows: whole(1, MAX_COUNT), columns: whole(1, MAX_COUNT) }),
]);
const Header = z.strictObject({ segments: z.array(Segment).check(z.minLength(1), z.maxLength(65_536)) });
type Segment = Read<typeof Segment>;

/**
 * The ONNX bytes that a packed file stands for; every engine makes the same ones. expandedBytes is their number as
 * the manifest promises it: nothing larger is ever allocated. Throws ModelError 'manifest-invalid' for a file that is
 * truncated, has bytes to spare, or says anything else than the manifest.
 */
export function expandPacked(packed: Uint8Array, expandedBytes: number): Uint8Array<ArrayBuffer> {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  const { segments, payload } = headerOf(packed, view);
  // Sizes first, then memory: a header of a few bytes can name gigabytes.
  const inside = segments.reduce((sum, segment) => sum + packedSize(segment), 0);
  const outside = segments.reduce((sum, segment) => sum + expandedSize(segment), 0);
  if (inside !== packed.byteLength - payload) {
    throw broken(`the header names ${inside} bytes of payload, and ${packed.byteLength - payload} follow it`);
  }
  if (outside !== expandedBytes) {
    throw broken(`the header expands to ${outside} bytes, and the manifest says ${expandedBytes}`);
  }

  const expanded = new Uint8Array(expandedBytes);
  const target = new DataView(expanded.buffer);
  let from = payload;
  let to = 0;
  for (const segment of segments) {
    if (segment.kind === 'copy') expanded.set(packed.subarray(from, from + segment.bytes), to);
    else expandRows(view, from, target, to, segment);
    from += packedSize(segment);
    to += expandedSize(segment);
  }
  return expanded;
}

function headerOf(packed: Uint8Array, view: DataView): { segments: readonly Segment[]; payload: number } {
  if (packed.byteLength < PREAMBLE) throw broken(`${packed.byteLength} bytes are too few`);
  const magic = String.fromCharCode(...packed.subarray(0, MAGIC.length));
  if (magic !== MAGIC) throw broken(`does not begin with ${MAGIC}`);
  const version = view.getUint32(8, true);
  if (version !== FORMAT_VERSION)
    throw broken(`format version ${version} is unknown; this app reads ${FORMAT_VERSION}`);
  const length = view.getUint32(12, true);
  if (length > MAX_HEADER || length > packed.byteLength - PREAMBLE)
    throw broken(`a header of ${length} bytes does not fit`);
  const payload = PREAMBLE + length;
  let header: unknown;
  try {
    header = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(packed.subarray(PREAMBLE, payload)));
  } catch (cause) {
    throw broken('the header is no JSON', cause);
  }
  const { segments } = readWith(Header, header, 'packed file, header', 'manifest-invalid', () => []);
  return { segments, payload };
}

function expandRows(
  source: DataView,
  from: number,
  target: DataView,
  to: number,
  { rows, columns }: { readonly rows: number; readonly columns: number },
): void {
  const values = from + 4 * rows;
  for (let row = 0; row < rows; row++) {
    const scale = source.getFloat32(from + 4 * row, true);
    // NaN has many bit patterns and engines differ in which one they write; no weight is infinite either.
    if (!Number.isFinite(Math.fround(scale * 128))) throw broken(`the scale of row ${row} is ${scale}`);
    for (let column = 0; column < columns; column++) {
      const at = row * columns + column;
      // 24 and 8 bits of product fit a double, so setFloat32 rounds once, as a float32 multiplication does.
      target.setFloat32(to + 4 * at, scale * source.getInt8(values + at), true);
    }
  }
}

function packedSize(segment: Segment): number {
  return segment.kind === 'copy' ? segment.bytes : segment.rows * 4 + segment.rows * segment.columns;
}

function expandedSize(segment: Segment): number {
  return segment.kind === 'copy' ? segment.bytes : segment.rows * segment.columns * 4;
}

function broken(message: string, cause?: unknown): ModelError {
  return new ModelError('manifest-invalid', 'packed file', message, { cause });
}
