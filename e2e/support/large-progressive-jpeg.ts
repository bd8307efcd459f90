/** Huffman codes of a difference's size in bits: none, 7, 8. */
const codes = { 0: '0', 7: '10', 8: '110' } as const;

/**
 * A dark upright bar on light paper, side × side, as progressive JPEG with all three parts of its colour at full size: what
 * costs a decoder most, since it keeps every coefficient until the last scan. There is one scan, with one value for each
 * block of 8 × 8, so the file is small. side: a multiple of 8.
 */
export function largeProgressiveJpeg(side: number): Buffer {
  const frame = Buffer.alloc(15);
  frame.set([8, side >> 8, side & 255, side >> 8, side & 255, 3]);
  for (let part = 0; part < 3; part++) frame.set([part + 1, 0x11, 0], 6 + part * 3);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    // Steps of 8: the value of a block is then its brightness less 128.
    segment(0xdb, [0, ...Array.from({ length: 64 }, () => 8)]),
    segment(0xc2, [...frame]),
    segment(0xc4, [0, 1, 1, 1, ...Array.from({ length: 13 }, () => 0), 0, 7, 8]),
    segment(0xda, [3, 1, 0, 2, 0, 3, 0, 0, 0, 0]),
    scan(side / 8),
    Buffer.from([0xff, 0xd9]),
  ]);
}

function segment(marker: number, body: readonly number[]): Buffer {
  const length = body.length + 2;
  return Buffer.from([0xff, marker, length >> 8, length & 255, ...body]);
}

/** blocks × blocks; each says by how much its brightness differs from the last one's, and that there is no colour. */
function scan(blocks: number): Buffer {
  const bytes: number[] = [];
  let last = 0;
  let bits = '';
  for (let y = 0; y < blocks; y++) {
    for (let x = 0; x < blocks; x++) {
      const inked = y > blocks * 0.2 && y < blocks * 0.8 && x > blocks * 0.47 && x < blocks * 0.53;
      const value = inked ? -88 : 112;
      bits += `${difference(value - last)}00`;
      last = value;
    }
    const whole = bits.length - (bits.length % 8);
    pushBytes(bytes, bits.slice(0, whole));
    bits = bits.slice(whole);
  }
  pushBytes(bytes, bits.padEnd(Math.ceil(bits.length / 8) * 8, '1'));
  return Buffer.from(bytes);
}

/** A negative one is written as what it lacks of the largest of its size (T.81, F.1.2.1). */
function difference(value: number): string {
  if (value === 0) return codes[0];
  const size = Math.abs(value) > 127 ? 8 : 7;
  const low = value < 0 ? value + 2 ** size - 1 : value;
  return codes[size] + low.toString(2).padStart(size, '0');
}

/** FF in coded data is followed by 00, since it would else begin a marker. */
function pushBytes(bytes: number[], bits: string): void {
  for (let at = 0; at < bits.length; at += 8) {
    const byte = Number.parseInt(bits.slice(at, at + 8), 2);
    bytes.push(byte);
    if (byte === 0xff) bytes.push(0);
  }
}
