import { fieldsOf, wholeNumbers } from '../onnx/wire.ts';

/**
 * A copy of an fp32 ONNX file whose weights were rounded to 8 bits, with what the rounding took away put back by lot:
 * each weight anywhere in the half step around it, where the one that was trained lay. The package has no other, and
 * compression would send the rounded ones in little more than half of their bytes.
 */
export function withFullPrecision(onnx: Uint8Array): Uint8Array {
  const copy = onnx.slice();
  const draw = lots(1);
  for (const { number, bytes: graph } of fieldsOf(copy)) {
    if (number !== 7) continue;
    for (const { number: part, bytes } of fieldsOf(graph)) if (part === 5) restore(bytes, draw);
  }
  return copy;
}

/** Bytes of one tensor, written to. Biases are of full precision as they are. */
function restore(tensor: Uint8Array, draw: () => number): void {
  const dims: number[] = [];
  let raw: Uint8Array | null = null;
  for (const field of fieldsOf(tensor)) {
    if (field.number === 1) dims.push(...wholeNumbers(field));
    else if (field.number === 9) raw = field.bytes;
  }
  const [rows = 0] = dims;
  if (raw === null || dims.length < 2) return;
  const view = new DataView(raw.buffer, raw.byteOffset, raw.byteLength);
  const length = raw.length / 4 / rows;
  for (let row = 0; row < rows; row++) {
    const places = Array.from({ length }, (_, i) => (row * length + i) * 4);
    const step = stepOf(places.map((place) => view.getFloat32(place, true)));
    for (const place of places) view.setFloat32(place, view.getFloat32(place, true) + (draw() - 0.5) * step, true);
  }
}

/** Each output of a layer has a step of its own, by which its largest weight is 127. */
const stepOf = (values: readonly number[]): number => Math.max(...values.map(Math.abs)) / 127;

/** Numbers from 0 to 1, the same ones in every run (mulberry32). */
function lots(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
