/**
 * What adaptation does for writers that neither the model nor the numbers of the mix have ever seen.
 *
 *   npm run adaptation -- --rasters DIR [--model public/models/hebrew-letters/VERSION] [--rounds 4] [--cache DIR]
 *     [--cueless] [--photographed PICTURES]
 *
 * DIR is what training/rasters/make.ts filled. Each test writer's first k letters of each name, and k letters in random
 * order for every k from 1 to 100, are verified; all the rest of the writer's letters is the test. Prints the table of
 * docs/adaptation.md and whether the three promises hold; exits with 1 where one does not. --cueless: as
 * for pictures, where no writing line is known. --photographed: the same of photographs that are made of the letters'
 * pictures, which lie where make.ts read them.
 */
import { misused, mustExist, readArguments, wholeNumber } from '../../scripts/command-line.ts';
import { answersFor, openModel } from './model-answers.ts';
import { photographedRows } from './photographed-rows.ts';
import { readRasterRows } from './raster-rows.ts';
import { simulate } from './trials.ts';
import type { Budget, Outcome } from './trials.ts';
import { tablesOf } from './writer-tables.ts';

const { values: options } = readArguments(import.meta.url, {
  options: {
    rasters: { type: 'string' },
    model: { type: 'string', default: 'public/models/hebrew-letters/0.4.0' },
    rounds: { type: 'string', default: '4' },
    cueless: { type: 'boolean', default: false },
    photographed: { type: 'string' },
    cache: { type: 'string', default: '/tmp/ktav-adaptation' },
  },
});
if (options.rasters === undefined) misused('--rasters names the folder that training/rasters/make.ts filled.');
mustExist('--rasters', options.rasters);
mustExist('--model', options.model);
if (options.photographed !== undefined) mustExist('--photographed', options.photographed);
const rounds = wholeNumber('--rounds', options.rounds, 999);

const model = await openModel(options.model);
const scans = readRasterRows(options.rasters, model.size, { splits: ['test'], variant: 'scan' });
const { photographed } = options;
const cueless = options.cueless || photographed !== undefined;
const seen = photographed === undefined ? scans : photographedRows(scans, photographed, model.spec);
const rows = cueless ? seen.map((row) => ({ ...row, cue: new Float32Array(row.cue.length) })) : seen;
const name = photographed === undefined ? 'test scan' : 'test photographed';
const answers = await answersFor(model, rows, cueless, options.cache, name);
await model.release();
const tables = tablesOf(model, rows, answers);

const percent = (part: number): string => `${(100 * part).toFixed(2)} %`;
const change = ({ wrongBefore, wrongAfter }: Outcome): number => (wrongAfter - wrongBefore) / wrongBefore;
const rise = ({ wrongBefore, wrongAfter, letters }: Outcome): number => (wrongAfter - wrongBefore) / letters;

function run(budget: Budget): Outcome {
  const outcome = simulate(tables, budget, rounds);
  const { letters, wrongBefore, wrongAfter } = outcome;
  const name = budget.of === 'each-letter' ? `${budget.k} of each letter` : `${budget.k} in all`;
  const cells = [
    name,
    percent(wrongBefore / letters),
    percent(wrongAfter / letters),
    `${(100 * change(outcome)).toFixed(1)} %`,
  ];
  if (budget.of === 'each-letter' || budget.k <= 3 || budget.k % 10 === 0) console.log(`| ${cells.join(' | ')} |`);
  return outcome;
}

console.log(`${model.id}@${model.version}, ${tables.length} test writers, ${rows.length} letters, ${rounds} rounds\n`);
console.log('| verified | wrong without | wrong with | change |\n| --- | --- | --- | --- |');
const [one, , three] = [1, 2, 3, 5].map((k) => run({ of: 'each-letter', k }));
const rises = Array.from({ length: 100 }, (_, i) => rise(run({ of: 'all', k: i + 1 })));
const worst = Math.max(...rises);

const promises = [
  [`one of each letter: errors fall by 30 % or more`, change(one!) <= -0.3],
  [`three of each letter: errors fall by 45 % or more`, change(three!) <= -0.45],
  [
    `errors rise by no more than 0.3 points at any k (most: ${(100 * worst).toFixed(2)} at k = ${rises.indexOf(worst) + 1})`,
    worst <= 0.003,
  ],
] as const;
console.log();
for (const [words, holds] of promises) console.log(`${holds ? 'holds' : 'does NOT hold'}: ${words}`);
if (promises.some(([, holds]) => !holds)) process.exitCode = 1;
