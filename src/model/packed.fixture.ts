/** Writes the packed format, for tests: what training does in Python, in the fewest words. */
export type PackedPart =
  | { readonly kind: 'copy'; readonly bytes: Uint8Array }
  | { readonly kind: 'int8'; readonly scales: Float32Array; readonly columns: number; readonly values: Int8Array };

export function pack(parts: readonly PackedPart[]): Uint8Array<ArrayBuffer> {
  const segments = parts.map((part) =>
    part.kind === 'copy'
      ? { kind: 'copy', bytes: part.bytes.length }
      : { kind: 'int8', rows: part.scales.length, columns: part.columns },
  );
  const payload = parts.flatMap((part) =>
    part.kind === 'copy' ? [part.bytes] : [littleEndian(part.scales), new Uint8Array(part.values.buffer)],
  );
  return withHeader(JSON.stringify({ segments }), payload);
}

export function withHeader(header: string, payload: readonly Uint8Array[] = [], version = 1): Uint8Array<ArrayBuffer> {
  const text = new TextEncoder().encode(header);
  const preamble = new Uint8Array(16);
  preamble.set(new TextEncoder().encode('KTAVPACK'));
  const view = new DataView(preamble.buffer);
  view.setUint32(8, version, true);
  view.setUint32(12, text.length, true);
  return joined([preamble, text, ...payload]);
}

export function joined(pieces: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}

export function littleEndian(values: Float32Array): Uint8Array {
  const view = new DataView(new ArrayBuffer(values.length * 4));
  values.forEach((value, index) => view.setFloat32(4 * index, value, true));
  return new Uint8Array(view.buffer);
}
