import * as z from 'zod/mini';
import { CatalogSchema } from './catalog.ts';
import { GoldensSchema } from './goldens.ts';
import { ManifestSchema } from './manifest.ts';
import './schema.ts';

/**
 * JSON Schemas by the name of their file below public/models, for whoever writes packages in another language. They
 * hold the shape; what must hold between the parts (doubled labels, sums) only the app and `npm run model:verify` see.
 */
export function publishedSchemas(): Readonly<Record<string, string>> {
  const publish = (title: string, schema: z.core.$ZodType): string =>
    `${JSON.stringify({ title, ...z.toJSONSchema(schema, { target: 'draft-2020-12' }) }, null, 2)}\n`;
  return {
    'catalog.schema.json': publish('Ktav model catalog, version 1', CatalogSchema),
    'manifest.schema.json': publish('Ktav model manifest, version 1', ManifestSchema),
    'goldens.schema.json': publish('Ktav model goldens, version 1', GoldensSchema),
  };
}
