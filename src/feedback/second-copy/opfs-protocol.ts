/** Pure: what a page asks of the thread that writes its second copy. */
import * as z from 'zod/mini';

const Bytes = z.instanceof(Uint8Array);
const which = z.union([z.literal(0), z.literal(1)]);
const place = { id: z.number(), folder: z.string(), which };
const Order = z.discriminatedUnion('do', [
  z.strictObject({ ...place, do: z.literal('read') }),
  z.strictObject({ ...place, do: z.literal('write'), bytes: Bytes }),
  z.strictObject({ ...place, do: z.literal('append'), bytes: Bytes, heads: z.tuple([z.string(), z.string()]) }),
]);
export type Order = z.infer<typeof Order>;

/** read: the bytes; the others: the new size, or that the journal has moved. */
const Result = z.union([Bytes, z.number(), z.literal('moved')]);
export type OrderResult = z.infer<typeof Result>;

const Reply = z.union([
  z.strictObject({ id: z.number(), result: Result }),
  z.strictObject({ id: z.number(), error: z.string() }),
]);

export function orderIn(message: unknown): Order | null {
  const read = z.safeParse(Order, message);
  return read.success ? read.data : null;
}

export function replyIn(message: unknown): z.infer<typeof Reply> | null {
  const read = z.safeParse(Reply, message);
  return read.success ? read.data : null;
}
