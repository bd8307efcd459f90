/** A one-channel 8-bit picture, row by row: 0 = paper, 255 = ink. */
export type Raster = { readonly width: number; readonly height: number; readonly data: Uint8Array };

/** What a canvas or an image decoder gives: RGBA, 8 bit, not premultiplied, row by row. */
export type Pixels = {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array | Uint8ClampedArray;
};

/** An empty sheet. width and height are whole numbers of pixels. */
export function blankRaster(width: number, height: number): Raster {
  return { width, height, data: new Uint8Array(width * height) };
}

/** The same bytes four at a time, without the last few that make no four: to pass over empty ones, to add many at once. */
export function foursOf(data: Uint8Array): Uint32Array {
  const aligned = data.byteOffset % 4 === 0 ? data : data.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length >> 2);
}
