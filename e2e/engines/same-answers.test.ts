import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openOwnSite, builtSite } from '../support/own-site.ts';
import type { OwnSite } from '../support/own-site.ts';
import { answering } from './about-screen.ts';
import { engines } from './engines.ts';
import { writeLetters } from './letters.ts';
import { sees, until } from './looking.ts';
import { stepByStep } from './step-by-step.ts';
import type { Visitor } from './visitor.ts';

/** In one selection. The page takes 200, and lays them all out. */
const BATCH = 54;
const minutes = 60_000;

/** What one engine made of one picture: the letter or why none, and the calibrated probability of the likeliest. */
type Reading = { readonly says: string; readonly probability: number | null };

let site: OwnSite;
const build = builtSite();
const folder = mkdtempSync(join(tmpdir(), 'ktav-letters-'));
const letters = writeLetters(folder, 10);
const readings = new Map<string, readonly Reading[]>();

beforeAll(async () => {
  site = await openOwnSite(build);
});
afterAll(async () => {
  await site.stop();
  for (const made of [folder, build]) rmSync(made, { recursive: true });
});

describe.each(engines)('$name, on WASM', { timeout: 4 * minutes }, ({ name, open }) => {
  let visitor: Visitor;
  stepByStep();
  afterAll(() => visitor?.close());

  test('gives the logits of the goldens bit by bit', { timeout: 15 * minutes }, async () => {
    visitor = await open();
    await visitor.open(`${site.url}?lang=en&backend=wasm#/about`);
    expect(await answering(visitor)).toMatchObject({ name: 'WebAssembly', error: '0' });
  });

  test('reads 270 pictures, most of them rightly', async () => {
    await visitor.open(`${site.url}?lang=en&backend=wasm#/upload`);
    await sees(visitor, 'drop-zone');
    const read: Reading[] = [];
    let before = 0;
    for (let first = 0; first < letters.length; first += BATCH) {
      const batch = letters.slice(first, first + BATCH);
      await visitor.choose(
        'upload',
        batch.map(({ path }) => path),
      );
      const { newest } = await until(
        `${batch.length} answers from picture ${first} on`,
        () => visitor.run(answersAfter, before),
        ({ answers }) => answers === batch.length,
      );
      before = newest;
      read.push(...(await visitor.run(readingsOnPage, null)));
    }
    readings.set(name, read);
    const right = letters.filter(({ label }, i) => read[i]?.says === label).length;
    expect(letters).toHaveLength(270);
    expect(right).toBeGreaterThan(0.85 * letters.length);
  });
});

const [first, ...others] = engines.map(({ name }) => name);

describe.each(others)('%s', (other) => {
  test(`says of every picture what ${first} says`, () => {
    expect(saidBy(other)).toEqual(saidBy(first));
  });

  test(`has the logits that ${first} has`, () => {
    const apart = letters.map((_, i) => {
      const [ours, theirs] = [first, other].map((name = '') => readings.get(name)?.[i]?.probability);
      // Where no letter is named there is no probability, neither here nor there.
      if (ours === null && theirs === null) return 0;
      return Math.abs((theirs ?? NaN) / (ours ?? NaN) - 1);
    });
    // exp() may differ by its last bit. The last bit of a logit that counts, a float32, moves this by 1e-12 and more.
    expect(Math.max(...apart)).toBeLessThan(1e-13);
  });
});

const saidBy = (engine = ''): readonly string[] =>
  letters.map(({ path }, i) => `${basename(path)}: ${readings.get(engine)?.[i]?.says}`);

/** Runs in the page. How many answers are newer than that one, and the newest. */
function answersAfter(request: number): { readonly answers: number; readonly newest: number } {
  const done = document.querySelectorAll<HTMLElement>(
    '[data-testid="prediction"]:is([data-state="ready"], [data-state="abstained"])',
  );
  const requests = [...done].map(({ dataset }) => Number(dataset['request'])).filter((one) => one > request);
  return { answers: requests.length, newest: Math.max(request, ...requests) };
}

/** Runs in the page. */
function readingsOnPage(): Reading[] {
  return [...document.querySelectorAll<HTMLElement>('[data-testid="prediction"]')].map(({ dataset }) => {
    const { label, reason, backend, probability } = dataset;
    return {
      says: backend === 'wasm' ? (label ?? reason ?? '') : `by ${backend}`,
      probability: probability === undefined ? null : Number(probability),
    };
  });
}
