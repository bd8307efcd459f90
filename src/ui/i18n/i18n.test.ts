import { describe, expect, test } from 'vitest';
import { en } from './en/index.ts';
import { he } from './he/index.ts';
import { createI18n } from './i18n.ts';

type Words = { readonly [key: string]: string | Words };

function leaves(words: Words, path = ''): [path: string, text: string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${path}${key}`, value] as [string, string]] : leaves(value, `${path}${key}.`),
  );
}

const english = new Map(leaves(en));
const hebrew = new Map(leaves(he));
const slots = (text: string): string[] =>
  [...text.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map(([, name]) => name ?? '').toSorted();

describe('the two languages', () => {
  test('have the same keys', () => {
    expect([...hebrew.keys()].toSorted()).toEqual([...english.keys()].toSorted());
  });

  test('leave no text empty', () => {
    for (const [key, text] of [...english, ...hebrew]) expect(text.trim(), key).not.toBe('');
  });

  test('fill the same slots', () => {
    // A plural form may say its number in words.
    const counted = /_(zero|one|two|few|many)$/;
    const sameNumber = [...english].filter(([key]) => !counted.test(key));
    for (const [key, text] of sameNumber) expect(slots(hebrew.get(key) ?? ''), key).toEqual(slots(text));
  });

  test('no Latin letter stands right behind a number in Hebrew, where it would change places with it', () => {
    const torn = [...hebrew].filter(([, text]) => /(\d|\}\}) [a-z]/i.test(text));
    expect(torn).toEqual([]);
  });

  test('Hebrew speaks Hebrew wherever there are words', () => {
    const asInEnglish = new Set(['common.languageEnglish', 'common.switchLanguage', 'about.none']);
    const foreign = [...hebrew].filter(
      ([key, text]) =>
        !/[א-ת]/.test(text.replaceAll(/\{\{.*?\}\}/g, '')) &&
        /[a-z]{3}/i.test(text) &&
        !asInEnglish.has(key) &&
        !/backendName|announce|percentIs/.test(key),
    );
    expect(foreign).toEqual([]);
  });
});

test('a page can be spoken to at once, in either language', () => {
  expect(createI18n('he', he).t('common:letters')).toBe('אותיות');
  expect(createI18n('en', en).t('letters:strokes', { count: 1 })).toBe('1 stroke');
  expect(createI18n('he', he).t('letters:strokes', { count: 2 })).toBe('שני קווים');
});

test('the other language is fetched when the page turns to it, and back again', async () => {
  const page = createI18n('en', en);
  await page.changeLanguage('he');
  expect(page.t('common:letters')).toBe('אותיות');
  await page.changeLanguage('en');
  expect(page.t('common:letters')).toBe('Letters');
});
