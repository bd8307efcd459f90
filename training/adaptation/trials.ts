import { evidenceOf, mix } from '#insight/adaptation';
import type { Evidence } from '#insight/adaptation';
import { seeded, seedOf } from '../rasters/random.ts';
import { groupedBy, indexOfLargest } from './writer-tables.ts';
import type { WriterTable } from './writer-tables.ts';

/** k of each letter, or k in all in random order. */
export type Budget = { readonly of: 'each-letter' | 'all'; readonly k: number };

/**
 * Which of a writer's letters are verified; the rest is the test. Rounds differ in what is drawn; the first takes each
 * letter's samples in the order that they were written in.
 */
function verifiedIn({ writer, labels }: WriterTable, { of, k }: Budget, round: number): number[] {
  const random = seeded(seedOf(`${writer}/${round}`));
  const order = [...labels.keys()];
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.whole(0, i);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  if (of === 'all') return order.slice(0, k);
  const byLetter = groupedBy(round === 0 ? [...labels.keys()] : order, (i) => labels[i]!);
  return [...byLetter.values()].flatMap((letters) => letters.slice(0, k));
}

/** What the verified letters say of letter i, as a function of i. */
function evidenceBy(table: WriterTable, verified: readonly number[]): (i: number) => Evidence {
  const labels = verified.map((j) => table.labels[j]!);
  const unusual = table.unusualBy(verified);
  return (i) => {
    const likenesses = verified.map((j) => table.alike[i]![j]!);
    return evidenceOf(likenesses, labels, unusual(i));
  };
}

export type Outcome = { readonly letters: number; readonly wrongBefore: number; readonly wrongAfter: number };

/** All writers and rounds together; every letter that was not verified is asked once a round. */
export function simulate(tables: readonly WriterTable[], budget: Budget, rounds: number): Outcome {
  let [letters, wrongBefore, wrongAfter] = [0, 0, 0];
  for (const table of tables) {
    for (let round = 0; round < rounds; round++) {
      const verified = verifiedIn(table, budget, round);
      const known = new Set(verified);
      const evidence = evidenceBy(table, verified);
      for (const [i, label] of table.labels.entries()) {
        if (known.has(i)) continue;
        const model = table.model[i]!;
        letters++;
        if (indexOfLargest(model) !== label) wrongBefore++;
        if (indexOfLargest(mix(model, evidence(i), table.rule)) !== label) wrongAfter++;
      }
    }
  }
  return { letters, wrongBefore, wrongAfter };
}
