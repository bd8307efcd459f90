/** One input: what each letter's score is made of, and which letter it is. */
export type Choice = { readonly terms: readonly (readonly number[])[]; readonly chosen: number };

/** Keeps the equations solvable where two terms say nearly the same; far below what a few thousand choices weigh. */
const RIDGE = 1e-4;

/**
 * The factors that make what was chosen most probable: softmax of factors · terms (McFadden, 1974). The log loss is
 * convex; Newton's method, a step halved until it helps. before and after are mean log losses.
 */
export function conditionalLogit(
  choices: readonly Choice[],
  start: readonly number[],
): { readonly factors: number[]; readonly before: number; readonly after: number } {
  let factors = [...start];
  let here = slopes(choices, factors);
  const before = here.loss;
  for (let round = 0; round < 30; round++) {
    const step = solve(here.curve, here.slope);
    let size = 1;
    let next = here;
    let moved = factors;
    for (; size > 1e-4; size /= 2) {
      moved = factors.map((factor, k) => factor - size * step[k]!);
      next = slopes(choices, moved);
      if (next.loss < here.loss) break;
    }
    if (!(here.loss - next.loss > 1e-9)) break;
    [factors, here] = [moved, next];
  }
  return { factors, before, after: here.loss };
}

function slopes(choices: readonly Choice[], factors: readonly number[]) {
  const size = factors.length;
  const slope = Array.from({ length: size }, () => 0);
  const curve = Array.from({ length: size }, (_, k) => Array.from({ length: size }, (_, l) => (k === l ? RIDGE : 0)));
  let loss = 0;
  for (const { terms, chosen } of choices) {
    const scores = terms.map((letter) => letter.reduce((sum, term, k) => sum + term * factors[k]!, 0));
    const highest = Math.max(...scores);
    const shares = scores.map((score) => Math.exp(score - highest));
    const whole = shares.reduce((a, b) => a + b);
    loss -= scores[chosen]! - highest - Math.log(whole);
    const mean = factors.map((_, k) => terms.reduce((sum, letter, c) => sum + (shares[c]! / whole) * letter[k]!, 0));
    for (let k = 0; k < size; k++) slope[k]! += (mean[k]! - terms[chosen]![k]!) / choices.length;
    for (const [c, letter] of terms.entries()) {
      const share = shares[c]! / whole / choices.length;
      if (share < 1e-9) continue;
      for (let k = 0; k < size; k++) {
        for (let l = 0; l < size; l++) curve[k]![l]! += share * (letter[k]! - mean[k]!) * (letter[l]! - mean[l]!);
      }
    }
  }
  return { loss: loss / choices.length, slope, curve };
}

/** Gauss and Jordan, with pivots. */
function solve(matrix: readonly (readonly number[])[], right: readonly number[]): number[] {
  const rows = matrix.map((row, i) => [...row, right[i]!]);
  for (let i = 0; i < rows.length; i++) {
    const pivot = rows
      .slice(i)
      .reduce((best, row, at) => (Math.abs(row[i]!) > Math.abs(rows[best]![i]!) ? i + at : best), i);
    [rows[i], rows[pivot]] = [rows[pivot]!, rows[i]!];
    for (let j = 0; j < rows.length; j++) {
      if (j === i) continue;
      const factor = rows[j]![i]! / rows[i]![i]!;
      for (let k = i; k <= rows.length; k++) rows[j]![k]! -= factor * rows[i]![k]!;
    }
  }
  return rows.map((row, i) => row[rows.length]! / row[i]!);
}
