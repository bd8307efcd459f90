/** Rows of the database to what they stand for and back. Whatever is read passes a schema here. */
import * as z from 'zod/mini';
import type { Facet } from './idb-ladder.ts';
import type { Entry, Facets } from './outbox-rules.ts';
import type { BatchHead } from './outbox.ts';
import { OutboxError } from './outbox.ts';
import type { FeedbackRecord, Withdrawal } from './record.ts';
import { recordSchema } from './record.ts';
import { RecordLine } from './wire-schema.ts';

const { id, revision, time, source, verdict, drawn, prediction, receipt } = RecordLine.shape;
const state = z.enum(['waiting', 'sealed', 'sent', 'refused']);
const Bytes = z.instanceof(ArrayBuffer);

const Head = z.strictObject({
  id,
  revision,
  time,
  source,
  verdict,
  label: z.nullable(z.string()),
  state,
  predicted: z.nullable(z.string()),
  certainty: z.number(),
  model: z.string(),
  left: z.boolean(),
});
const Body = z.strictObject({
  id,
  drawn,
  seen: z.nullable(z.strictObject({ width: z.number(), height: z.number(), data: Bytes, cue: z.array(z.number()) })),
  prediction,
  receipt,
});
const WithdrawalRow = z.strictObject({ id, revision, time, state });
const at = z.number();
const BatchRow = z.strictObject({
  order: z.optional(z.number()),
  name: z.string(),
  gzip: z.boolean(),
  date: z.string(),
  size: z.number(),
  members: z.array(z.strictObject({ id, revision })),
  state: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('due') }),
    z.strictObject({ kind: z.literal('delivered'), at }),
    z.strictObject({ kind: z.literal('offered'), at }),
    z.strictObject({ kind: z.literal('parked'), at, status: z.number(), reason: z.string() }),
  ]),
});

/** Throws OutboxError 'internal': nobody but this file writes rows, so one that it cannot read is damage. */
function read<S extends z.core.$ZodType>(schema: S, row: unknown): z.infer<S> {
  const result = z.safeParse(schema, row);
  if (result.success) return result.data;
  const where = result.error.issues[0]?.path.map(String).join('.');
  throw new OutboxError('internal', `a row of the database is damaged at "${where}"`);
}

/** On memory of its own: a view would be stored with all that lies beside it. */
export const bytesRow = (bytes: Uint8Array): ArrayBuffer => new Uint8Array(bytes).buffer;
export const readBytes = (row: unknown): Uint8Array => new Uint8Array(read(Bytes, row));

export const headRow = (entry: Entry): z.infer<typeof Head> => entry;
export const readHead = (row: unknown): Entry => read(Head, row);

/** No part of a key is null, so no label is ''. */
export const facetOf = ({ state, verdict, source, model, label }: Facets): Facet => [
  state,
  verdict,
  source,
  model,
  label ?? '',
];
const FacetKey = z.tuple([state, verdict, source, z.string(), z.string()]);
export function readFacet(key: unknown): Facets {
  const [state, verdict, source, model, label] = read(FacetKey, key);
  return { state, verdict, source, model, label: label === '' ? null : label };
}
export const readTally = (row: unknown): number => read(z.number(), row);

export const readStamp = (row: unknown): string => read(z.string(), row);

type BodyRow = z.infer<typeof Body>;
export function bodyRow({ id, drawn, seen, prediction, receipt }: FeedbackRecord): BodyRow {
  const raster = seen && { width: seen.raster.width, height: seen.raster.height, data: bytesRow(seen.raster.data) };
  // The rows of the schema are not read-only; nothing here changes them.
  return { id, drawn, seen: raster && seen && { ...raster, cue: [...seen.cue] }, prediction, receipt } as BodyRow;
}
export function readSeen(row: unknown): FeedbackRecord['seen'] {
  const { seen } = read(Body, row);
  return seen && { raster: { width: seen.width, height: seen.height, data: new Uint8Array(seen.data) }, cue: seen.cue };
}
export function recordFrom(entry: Entry, body: unknown, picture: unknown): FeedbackRecord {
  const { id, revision, time, source, verdict, label } = entry;
  const { drawn, prediction, receipt } = read(Body, body);
  return {
    schema: recordSchema,
    id,
    revision,
    time,
    source,
    drawn,
    seen: readSeen(body),
    picture: picture === undefined ? null : readBytes(picture),
    prediction,
    verdict,
    label,
    receipt,
  };
}

export type Withdrawn = z.infer<typeof WithdrawalRow>;
export const readWithdrawn = (row: unknown): Withdrawn => read(WithdrawalRow, row);
export const withdrawalFrom = ({ id, revision, time }: Withdrawn): Withdrawal => ({
  schema: recordSchema,
  id,
  revision,
  time,
  withdrawn: true,
});

export type BatchRow = BatchHead & { readonly order?: number | undefined };
export const readBatch = (row: unknown): BatchRow => read(BatchRow, row);
export function headOfBatch({ name, gzip, date, members, size, state }: BatchRow): BatchHead {
  return { name, gzip, date, members, size, state };
}
