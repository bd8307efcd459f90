import * as z from 'zod/mini';
import type { PreprocessSpec } from '#glyph/spec';
import { Positive, Probability, whole } from './schema.ts';
import type { Read } from './schema.ts';

/** The preprocess spec as it travels in a manifest. What the numbers mean stands in src/glyph/spec.ts. */
export const PreprocessSchema = z.strictObject({
  version: z.literal(1),
  size: whole(8, 512),
  inkSize: whole(4, 512),
  penWidth: Probability,
  picture: z.strictObject({
    workingSize: whole(16, 8192),
    paperSize: whole(8, 8192),
    paperRadius: Probability,
    minContrast: Probability,
    inkThreshold: Probability,
    fullInk: Probability,
    speck: Probability,
    faint: Probability,
    edgeFaint: Probability,
    frameBand: Probability,
    frameShare: Probability,
    edgeWeight: Probability,
    edgeFragment: Probability,
    reach: Positive,
    maxCrossings: Positive,
    sheetArea: Probability,
    sheetFill: Probability,
    maxCoverage: Probability,
    closerLook: Probability,
  }),
  line: z.strictObject({ limit: Positive }),
});

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
/** Does not compile when this schema and the glyph room disagree about a single key. */
const sameAsGlyphs: Same<Read<typeof PreprocessSchema>, PreprocessSpec> = true;
void sameAsGlyphs;
