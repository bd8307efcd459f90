import { drawInk, written } from './handwriting.ts';

/** What a phone's camera gives: twelve megapixels. */
const WIDTH = 4032;
const HEIGHT = 3024;
/** Rows at a time, so that no second copy of the picture is in memory. */
const BAND = 64;

/**
 * A photograph of a letter, as JPEG in base64: a pen on cream paper with faint rules, a shadow that falls in from one
 * side, grain in every pixel. seed: moves the shadow and makes other grain, so that no two are the same file.
 */
export async function photoOf(label: string, seed: number): Promise<string> {
  const context = new OffscreenCanvas(WIDTH, HEIGHT).getContext('2d', { willReadFrequently: true });
  if (context === null) throw new Error('no canvas for a photo');
  context.fillStyle = '#f1ead8';
  context.fillRect(0, 0, WIDTH, HEIGHT);
  const side = HEIGHT * 0.9;
  const sheet = { left: (WIDTH - side) / 2, top: (HEIGHT - side) / 2, side };
  context.strokeStyle = '#24335f';
  context.filter = 'blur(2px)';
  drawInk(context, written(label, 300), sheet, side * 0.028);
  context.filter = 'none';
  expose(context, seed);
  const blob = await context.canvas.convertToBlob({ type: 'image/jpeg', quality: 0.92 });
  return base64Of(new Uint8Array(await blob.arrayBuffer()));
}

/** Shadow and grain, in place. */
function expose(context: OffscreenCanvasRenderingContext2D, seed: number): void {
  // xorshift32: the same photo on every machine.
  let state = (seed * 0x9e3779b1) | 1;
  const angle = seed * 2.4;
  const slopeX = Math.cos(angle) / WIDTH;
  const slopeY = Math.sin(angle) / HEIGHT;
  for (let top = 0; top < HEIGHT; top += BAND) {
    const image = context.getImageData(0, top, WIDTH, Math.min(BAND, HEIGHT - top));
    const { data, width, height } = image;
    for (let y = 0, at = 0; y < height; y++) {
      for (let x = 0; x < width; x++, at += 4) {
        state ^= state << 13;
        state ^= state >>> 17;
        state ^= state << 5;
        const grain = ((state & 255) + ((state >>> 8) & 255) - 255) / 16;
        const light = 0.8 + 0.25 * ((x - WIDTH / 2) * slopeX + (top + y - HEIGHT / 2) * slopeY);
        for (let channel = 0; channel < 3; channel++) data[at + channel] = (data[at + channel] ?? 0) * light + grain;
      }
    }
    context.putImageData(image, 0, top);
  }
}

function base64Of(bytes: Uint8Array): string {
  let binary = '';
  for (let at = 0; at < bytes.length; at += 0x8000) {
    binary += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  }
  return btoa(binary);
}
