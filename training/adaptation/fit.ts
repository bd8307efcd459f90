/**
 * Finds the numbers of the mix on writers that the test never sees.
 *
 *   npx tsx training/adaptation/fit.ts --rasters DIR --model public/models/hebrew-letters/VERSION [--cache DIR] [--cueless]
 *
 * Validation writers, twice, and those training writers that the model still reads badly (4.5 % or worse): on the
 * others it has seen too much to show what a new hand does to it. Prints a rule of src/insight/adaptation.ts: `onLine`,
 * or with --cueless `withoutLine`.
 */
import { parseArgs } from 'node:util';
import { coverageOf, termsOf } from '#insight/adaptation';
import { conditionalLogit } from './conditional-logit.ts';
import type { Choice } from './conditional-logit.ts';
import { answersFor, openModel } from './model-answers.ts';
import { readRasterRows } from './raster-rows.ts';
import { evidenceFor, simulate, verifiedIn } from './trials.ts';
import type { Budget } from './trials.ts';
import { errorOf, tablesOf } from './writer-tables.ts';
import type { WriterTable } from './writer-tables.ts';

const STRANGE_ENOUGH = 0.045;
const budgets: readonly Budget[] = [
  { of: 'each-letter', k: 1 },
  { of: 'each-letter', k: 3 },
  { of: 'all', k: 3 },
  { of: 'all', k: 10 },
  { of: 'all', k: 40 },
  { of: 'all', k: 100 },
];

const { values: options } = parseArgs({
  options: {
    rasters: { type: 'string' },
    model: { type: 'string' },
    cache: { type: 'string', default: '/tmp/ktav-adaptation' },
    cueless: { type: 'boolean', default: false },
  },
});
if (options.rasters === undefined || options.model === undefined) throw new Error('--rasters and --model are needed');

const model = await openModel(options.model);
const tables = async (split: 'train' | 'validation'): Promise<WriterTable[]> => {
  const scans = readRasterRows(options.rasters!, model.size, { splits: [split], variant: 'scan' });
  const rows = options.cueless ? scans.map((row) => ({ ...row, cue: new Float32Array(row.cue.length) })) : scans;
  const answers = await answersFor(model, rows, options.cueless, options.cache, `${split} scan`);
  const classes = model.labels;
  const strange = new Set<string>();
  const wrong = new Map<string, number>();
  const all = new Map<string, number>();
  rows.forEach(({ writer, label }, i) => {
    all.set(writer, (all.get(writer) ?? 0) + 1);
    const logits = answers[i]!.logits;
    const best = logits.reduce((at, value, k) => (value > logits[at]! ? k : at), 0);
    if (classes[best] !== label) wrong.set(writer, (wrong.get(writer) ?? 0) + 1);
  });
  for (const [writer, count] of all) {
    if (split === 'validation' || (wrong.get(writer) ?? 0) / count >= STRANGE_ENOUGH) strange.add(writer);
  }
  const kept = [...rows.keys()].filter((i) => strange.has(rows[i]!.writer));
  return tablesOf(
    model,
    kept.map((i) => rows[i]!),
    kept.map((i) => answers[i]!),
  );
};
const validation = await tables('validation');
const train = await tables('train');
await model.release();
const writers = [...validation, ...validation, ...train];
console.log(`${validation.length} validation and ${train.length} training writers:`);
for (const table of [...validation, ...train])
  console.log(`  ${table.writer}: ${(100 * errorOf(table)).toFixed(1)} % wrong`);

function* choices(): Generator<Choice> {
  for (const [at, table] of writers.entries()) {
    for (const budget of budgets) {
      const verified = verifiedIn(table, budget, at);
      const known = new Set(verified);
      for (const [i, chosen] of table.labels.entries()) {
        if (known.has(i)) continue;
        const evidence = evidenceFor(table, verified, i);
        const covered = coverageOf(evidence);
        const terms = Array.from(table.model[i]!, (probability, c) => termsOf(probability, evidence, c, covered));
        yield { terms, chosen };
      }
    }
  }
}
const { factors, before, after } = conditionalLogit([...choices()], [1, 0, 0, 0, 0, 0, 0, 0]);
console.log(`log loss ${before.toFixed(4)} → ${after.toFixed(4)}`);
console.log(`rule = [${factors.map((factor) => factor.toFixed(2)).join(', ')}]`);
for (const budget of [...budgets, { of: 'all', k: 1 } as const, { of: 'all', k: 20 } as const]) {
  const { letters, wrongBefore, wrongAfter } = simulate(writers, budget, 2, factors);
  const percent = (wrong: number): string => ((100 * wrong) / letters).toFixed(2);
  console.log(
    `${budget.of} ${budget.k}: ${percent(wrongBefore)} % → ${percent(wrongAfter)} %, ${((100 * (wrongAfter - wrongBefore)) / wrongBefore).toFixed(0)} %`,
  );
}
