import { readdirSync, readFileSync } from 'node:fs';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ByteSource } from './bytes.ts';
import { inspectPicture } from './inspect.ts';
import type { Inspection } from './inspect.ts';

const folder = new URL('../../../e2e/fixtures/pictures/', import.meta.url);
const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(new URL(name, folder)));

function sourceOf(bytes: Uint8Array): ByteSource {
  return {
    size: bytes.length,
    async read(at, length) {
      if (at < 0 || length < 0 || at + length > bytes.length) throw new RangeError(`read ${at} + ${length}`);
      return bytes.slice(at, at + length);
    },
  };
}

const never = new AbortController().signal;
const inspect = (bytes: Uint8Array): Promise<Inspection> => inspectPicture(never, sourceOf(bytes));
const refusalOf = async (name: string): Promise<unknown> => {
  const inspection = await inspect(fixture(name));
  return inspection.kind === 'refused' ? inspection.refusal : inspection;
};

/** Pictures that are whole, with their size as stored. */
const whole: readonly (readonly [name: string, format: string, width: number, height: number])[] = [
  ['alef.png', 'png', 240, 240],
  ['shin.jpg', 'jpeg', 240, 240],
  ['lamed.webp', 'webp', 240, 240],
  ['tav-lossless.webp', 'webp', 240, 240],
  ['bet.avif', 'avif', 240, 240],
  ['tsadi.bmp', 'bmp', 120, 120],
  ['mem.gif', 'gif', 240, 240],
  ['qof-progressive.jpg', 'jpeg', 240, 240],
  ['cmykJpeg.jpg', 'jpeg', 240, 240],
  ['rotatedByExif6.jpg', 'jpeg', 200, 160],
  ['sixteenBitPng.png', 'png', 240, 240],
  ['animatedGif.gif', 'gif', 240, 240],
  ['transparentBackground.png', 'png', 240, 240],
  ['allWhite.png', 'png', 300, 300],
  ['allBlack.png', 'png', 300, 300],
  ['onePixel.png', 'png', 1, 1],
  ['tallStrip.png', 'png', 3, 4000],
  ['flat64Megapixels.png', 'png', 8000, 8000],
  ['deepColour19Megapixels.avif', 'avif', 4350, 4350],
  ['phone.heic', 'heic', 4032, 3024],
];

describe('a whole picture', () => {
  it.each(whole)('%s is let through with its size', async (name, format, width, height) => {
    expect(await inspect(fixture(name))).toEqual({ kind: 'picture', format, width, height });
  });

  it('is let through with anything behind its end: a phone puts films there', async () => {
    for (const name of ['alef.png', 'shin.jpg', 'mem.gif', 'lamed.webp']) {
      const longer = new Uint8Array([...fixture(name), ...Array.from({ length: 600 }, (_, i) => i & 255)]);
      expect((await inspect(longer)).kind).toBe('picture');
    }
  });

  it('is known by its bytes: there is no name and no type in what is asked', async () => {
    expect(await inspect(fixture('shin.jpg'))).toMatchObject({ format: 'jpeg' });
  });
});

describe('what is refused, and why', () => {
  it.each([
    ['zeroBytes.png', { code: 'empty' }],
    ['truncatedPng.png', { code: 'truncated', format: 'png' }],
    ['truncatedJpeg.jpg', { code: 'truncated', format: 'jpeg' }],
    ['zeroFilledPng.png', { code: 'damaged', format: 'png' }],
    ['svgWithScript.svg', { code: 'svg' }],
    ['htmlNamedPng.png', { code: 'not-a-picture', content: 'html' }],
    ['document.pdf', { code: 'not-a-picture', content: 'pdf' }],
    ['random.jpg', { code: 'not-a-picture', content: 'unknown' }],
    ['hugePng20000.png', { code: 'too-many-pixels', width: 20000, height: 20000, limit: 64_000_000 }],
    ['header50000.png', { code: 'too-many-pixels', width: 50000, height: 50000, limit: 64_000_000 }],
    ['truncatedHeicHeader.heic', { code: 'truncated', format: 'heic' }],
  ])('%s', async (name, refusal) => {
    expect(await refusalOf(name)).toEqual(refusal);
  });

  it('a strip longer than graphics libraries count', async () => {
    const strip = fixture('onePixel.png');
    new DataView(strip.buffer).setUint32(16, 40_000);
    expect(await inspect(strip)).toMatchObject({ refusal: { code: 'too-long-side', width: 40_000, height: 1 } });
  });

  it('a progressive JPEG whose coefficients would fill the memory, where a plain one of its size would pass', async () => {
    const progressive = fixture('qof-progressive.jpg');
    const frame = progressive.findIndex((byte, at) => byte === 0xff && progressive[at + 1] === 0xc2);
    new DataView(progressive.buffer).setUint16(frame + 5, 8000);
    new DataView(progressive.buffer).setUint16(frame + 7, 8000);
    // 64 M × (4 + 2 × 1.5) bytes.
    expect(await inspect(progressive)).toMatchObject({ refusal: { code: 'too-heavy', megabytes: 449, limit: 285 } });
    progressive[frame + 1] = 0xc0;
    expect(await inspect(progressive)).toMatchObject({ kind: 'picture' });
  });

  it('an AVIF and a BMP that Chromium would need twice their pixels for, where a PNG of their size would pass', async () => {
    const avif = fixture('deepColour19Megapixels.avif');
    const ispe = Buffer.from(avif.buffer).indexOf('ispe');
    new DataView(avif.buffer).setUint32(ispe + 8, 4590);
    expect(await inspect(avif)).toMatchObject({ refusal: { code: 'too-heavy', megabytes: 300, limit: 285 } });
    const bmp = fixture('tsadi.bmp');
    new DataView(bmp.buffer).setInt32(18, 5800, true);
    new DataView(bmp.buffer).setInt32(22, 5800, true);
    expect(await inspect(bmp)).toMatchObject({ refusal: { code: 'too-heavy', megabytes: 303, limit: 285 } });
  });

  it('a file that is too large is not even opened', async () => {
    const source: ByteSource = { size: 65_000_000, read: () => Promise.reject(new Error('was read')) };
    expect(await inspectPicture(never, source)).toMatchObject({ refusal: { code: 'file-too-large', megabytes: 65 } });
  });

  it('a JPEG whose only end marker is the one of its preview', async () => {
    const jpeg = fixture('truncatedJpeg.jpg');
    // APP1 with a whole small JPEG inside, as cameras write it.
    const preview = fixture('rotatedByExif1.jpg');
    const app1 = new Uint8Array(4 + preview.length);
    app1.set([0xff, 0xe1, (preview.length + 2) >> 8, (preview.length + 2) & 255]);
    app1.set(preview, 4);
    const withPreview = new Uint8Array([0xff, 0xd8, ...app1, ...jpeg.subarray(2)]);
    expect(await inspect(withPreview)).toMatchObject({ refusal: { code: 'truncated', format: 'jpeg' } });
  });

  it('a PNG with one byte changed in its data', async () => {
    const bytes = fixture('alef.png');
    bytes[2000] = bytes[2000]! ^ 1;
    expect(await inspect(bytes)).toMatchObject({ refusal: { code: 'damaged', format: 'png' } });
  });
});

describe('laws', () => {
  const small = readdirSync(folder).filter((name) =>
    /^(?!.*(64Meg|\.py)).*\.(png|jpe?g|webp|gif|bmp|avif|heic)$/.test(name),
  );

  it('no file that was cut off is let through', async () => {
    // A GIF may lose its end marker, and a film its later frames: the first frame is what is read.
    const names = whole.map(([name]) => name).filter((name) => small.includes(name) && !name.endsWith('.gif'));
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...names), fc.double({ min: 0, max: 1, noNaN: true }), async (name, share) => {
        const bytes = fixture(name);
        const cut = bytes.subarray(0, Math.min(bytes.length - 1, Math.floor(bytes.length * share)));
        expect((await inspect(cut)).kind).toBe('refused');
      }),
      { numRuns: 400 },
    );
  });

  it('no GIF that was cut off inside its first frame is let through', async () => {
    const bytes = fixture('mem.gif');
    for (let length = 0; length < bytes.length - 1; length++) {
      expect((await inspect(bytes.subarray(0, length))).kind).toBe('refused');
    }
  });

  it('random bytes behind any signature end in a refusal or a picture, never in another error', async () => {
    const starts = small.map((name) => fixture(name).subarray(0, 64));
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...starts),
        fc.nat({ max: 64 }),
        fc.uint8Array({ maxLength: 400 }),
        async (start, kept, noise) => {
          const inspection = await inspect(new Uint8Array([...start.subarray(0, kept), ...noise]));
          expect(['picture', 'refused']).toContain(inspection.kind);
        },
      ),
      { numRuns: 600 },
    );
  });

  it('changed bytes anywhere in a real file end in a refusal or a picture', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...small),
        fc.array(fc.tuple(fc.nat(), fc.nat({ max: 255 })), { minLength: 1, maxLength: 12 }),
        async (name, changes) => {
          const bytes = fixture(name);
          for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
          expect(['picture', 'refused']).toContain((await inspect(bytes)).kind);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('an abort is an abort', async () => {
    await expect(inspectPicture(AbortSignal.abort(), sourceOf(fixture('alef.png')))).rejects.toThrow(/abort/i);
  });
});
