/** `npm run feedback:schema`: writes the JSON Schema of a feedback line to docs/, out of the code that reads it. */
import { writeFileSync } from 'node:fs';
import { publishedLineSchema } from '#feedback/wire-published';
import { readArguments } from '../scripts/command-line.ts';

readArguments(import.meta.url, { options: {} });
writeFileSync(new URL('../docs/feedback-record.schema.json', import.meta.url), publishedLineSchema());
console.log('docs/feedback-record.schema.json');
