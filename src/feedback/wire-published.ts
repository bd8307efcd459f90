import * as z from 'zod/mini';
import { recordSchema } from './record.ts';
import { RecordLine, WithdrawalLine } from './wire-schema.ts';

/**
 * The JSON Schema of one line of a batch, for whoever reads batches in another language. It holds the shape; what must
 * hold between the parts (a raster's length, label and verdict) lineFromJson checks beyond it.
 */
export function publishedLineSchema(): string {
  const line = z.union([RecordLine, WithdrawalLine]);
  const schema = z.toJSONSchema(line, { target: 'draft-2020-12' });
  return `${JSON.stringify({ title: `Ktav feedback line, version ${recordSchema}`, ...schema }, null, 2)}\n`;
}
