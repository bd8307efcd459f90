import { readFileSync } from 'node:fs';
import type { PreprocessSpec } from './spec.ts';

/** The very numbers that the training set is made with. */
export const spec = JSON.parse(
  readFileSync(new URL('../../training/preprocess.json', import.meta.url), 'utf8'),
) as PreprocessSpec;
