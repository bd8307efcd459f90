/** What is known of all hands before one is learnt: loaded by who has it learn. */
import { handMetric } from './adaptation-metric.ts';
import type { Metric } from './adaptation-metric.ts';
import type { Usual } from './adaptation-usual.ts';
import { handLines } from './hand-lines.ts';
import { handShapes } from './hand-shapes.ts';

/** metric: what tells shapes apart; the others: what is usual of places by it, and of height and depth on the line. */
export type KnownHands = { readonly metric: Metric; readonly shapes: Usual; readonly lines: Usual };

export const knownHands = (): KnownHands => ({ metric: handMetric(), shapes: handShapes, lines: handLines });
