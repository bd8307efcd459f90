/**
 * `npm run check:budget [-- --dist folder]`: builds the app, weighs it as brotli sends it, and fails where a part is
 * heavier than budget.json allows. --dist: weighs a build that is there already.
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { build } from 'vite';
import * as z from 'zod/mini';
import { isWithin, weigh } from './budgets.ts';
import type { Weighed } from './budgets.ts';
import { mustBeBuilt, readArguments } from './command-line.ts';

const Budgets = z.record(z.string(), z.object({ files: z.array(z.string()), most: z.number() }));
const weighty = /\.(html|js|css|woff2|json|packed)$/;

const { values } = readArguments(import.meta.url, { options: { dist: { type: 'string' } } });
if (values.dist !== undefined) mustBeBuilt(values.dist);
const folder = values.dist ?? mkdtempSync(join(tmpdir(), 'ktav-budget-'));
try {
  if (values.dist === undefined) await build({ logLevel: 'error', build: { outDir: folder, emptyOutDir: true } });
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => weighty.test(path))
    .map((path) => weighed(folder, path));
  const budgets = Budgets.parse(JSON.parse(readFileSync(new URL('budget.json', import.meta.url), 'utf8')));
  const served = join('hebrew-letters', newest(folder));
  for (const budget of Object.values(budgets)) {
    budget.files = budget.files.map((path) => path.replace('{served}', served));
  }
  const parts = weigh(files, budgets);
  for (const part of parts) {
    const { name, bytes, most, missing } = part;
    const says = missing.length > 0 ? ` no such file: ${missing.join(', ')}` : '';
    console.log(`${isWithin(part) ? 'ok  ' : 'OVER'} ${name.padEnd(28)} ${bytes} of ${most}${says}`);
  }
  if (!parts.every(isWithin)) {
    console.error('The build is heavier than scripts/budget.json allows. docs/speed.md says what to do.');
    process.exitCode = 1;
  }
} finally {
  if (values.dist === undefined) rmSync(folder, { recursive: true, force: true });
}

function weighed(root: string, path: string): Weighed {
  const bytes = readFileSync(join(root, path));
  const small = path.endsWith('.woff2')
    ? bytes
    : brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
  const imported = path.endsWith('.js')
    ? [...bytes.toString().matchAll(/(?:from|import)\s*["']\.\/([^"']+)["']/g)].map(([, name]) => `assets/${name}`)
    : [];
  return { path, bytes: small.length, imports: imported };
}

/** The version that a first visit downloads is the newest of the build. */
function newest(root: string): string {
  const versions = readdirSync(join(root, 'models/hebrew-letters'));
  const latest = versions.toSorted((a, b) => a.localeCompare(b, 'en', { numeric: true })).at(-1);
  if (latest === undefined) throw new Error('the build serves no model');
  return latest;
}
