import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { loadWords } from './words.ts';

const page = readFileSync(new URL('../../../index.html', import.meta.url), 'utf8');

/** What index.html says in a language before any script is there: the question, and the hint under it. */
function saidIn(language: string): readonly (string | undefined)[] {
  const invitation = page.split('<foreignObject').find((part) => part.includes(`idle" lang="${language}"`)) ?? '';
  return ['verdict__name', 'verdict__advice'].map((name) => new RegExp(`"${name}">([^<]*)<`).exec(invitation)?.[1]);
}

test.each(['en', 'he'] as const)('the first screen says before React what React will say: %s', async (language) => {
  const { answer, draw } = await loadWords(language);
  expect(saidIn(language)).toEqual([answer['idleTitle'], draw['hint']]);
});
