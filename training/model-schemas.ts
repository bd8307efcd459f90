/** `npm run model:schemas`: writes the JSON Schemas of the model package to public/models, out of the code that reads it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { publishedSchemas } from '#model/published';
import { readArguments } from '../scripts/command-line.ts';

readArguments(import.meta.url, { options: {} });
const folder = new URL('../public/models/', import.meta.url);
mkdirSync(folder, { recursive: true });
for (const [name, text] of Object.entries(publishedSchemas())) {
  writeFileSync(new URL(name, folder), text);
  console.log(`public/models/${name}`);
}
