/** Pure: the shape of one line of a batch. docs/feedback-record.schema.json is made of it. */
import * as z from 'zod/mini';
import { pictureBytes } from './record-picture.ts';
import { recordSchema } from './record.ts';

// zod tries `new Function` to see whether it may compile schemas; under our Content-Security-Policy that is a
// reported violation. Every schema that reads feedback is made here.
z.config({ jitless: true });

/** Points of an ink at most, all strokes together, so that a line stays under the 2 MB of a batch. */
export const inkPoints = 20_000;
/** The rasters of today's models have 64. */
const rasterSide = 256;

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const whole = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));
const base64 = (bytes: number, says: string) =>
  z
    .string()
    .check(z.minLength(4), z.maxLength(Math.ceil(bytes / 3) * 4))
    .register(z.globalRegistry, { contentEncoding: 'base64', description: says });

const Slug = z.string().check(z.maxLength(64), z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/));
const Sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/));
const Version = z.string().check(z.maxLength(64), z.regex(/^\d+\.\d+\.\d+([-+][0-9A-Za-z.+-]+)?$/));
const Uuid7 = z.string().check(z.regex(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/));
const Time = z.string().check(z.regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/));
const Revision = whole(0, 1_000_000);

const Point = z.strictObject({ x: z.number(), y: z.number(), t: z.number() });
const Ink = z.array(z.array(Point).check(z.maxLength(inkPoints))).check(z.maxLength(inkPoints));
const Line = z.strictObject({ headline: z.number(), baseline: z.number() });
const Raster = z.strictObject({
  width: whole(1, rasterSide),
  height: whole(1, rasterSide),
  data: base64(rasterSide * rasterSide, 'width × height bytes, row by row, 0 = paper, 255 = ink'),
});
const Candidate = z.strictObject({
  label: Slug,
  probability: z.number().check(z.minimum(0), z.maximum(1)),
});

export const RecordLine = z.strictObject({
  schema: z.literal(recordSchema),
  id: Uuid7,
  revision: Revision,
  time: Time,
  source: z.enum(['draw', 'upload', 'camera']),
  drawn: z.nullable(z.strictObject({ ink: Ink, line: Line })),
  seen: z.nullable(z.strictObject({ raster: Raster, cue: z.array(z.number()).check(z.maxLength(16)) })),
  picture: z.nullable(base64(pictureBytes, 'PNG, sides at most 256 pixels, without metadata')),
  prediction: z.strictObject({
    label: z.nullable(Slug),
    reason: z.nullable(z.enum(['blank', 'noise', 'solid', 'not-a-letter', 'unsure'])),
    top: z.array(Candidate).check(z.maxLength(5)),
  }),
  verdict: z.enum(['confirmed', 'corrected', 'unreadable']),
  label: z.nullable(Slug),
  receipt: z.strictObject({
    model: Slug,
    version: Version,
    fileHash: Sha256,
    backend: z.enum(['wasm', 'webgl', 'webgpu']),
    preprocess: whole(1, 1_000_000),
    appBuild: text(200),
  }),
});

export const WithdrawalLine = z.strictObject({
  schema: z.literal(recordSchema),
  id: Uuid7,
  revision: Revision,
  time: Time,
  withdrawn: z.literal(true),
});

export type WireRecord = z.infer<typeof RecordLine>;
