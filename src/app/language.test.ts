import { expect, test } from 'vitest';
import { chooseLanguage } from './language.ts';

test('the address outranks the choice, the choice outranks the browser', () => {
  expect(chooseLanguage('he', 'en', ['en-GB'])).toBe('he');
  expect(chooseLanguage(null, 'he', ['en-GB'])).toBe('he');
  expect(chooseLanguage(null, null, ['fr-FR', 'he-IL', 'en'])).toBe('he');
});

test('an unknown language in the address is as if it were not there', () => {
  expect(chooseLanguage('fr', null, ['he'])).toBe('he');
});

test('browsers that say iw for Hebrew are understood', () => {
  expect(chooseLanguage(null, null, ['iw'])).toBe('he');
});

test('a browser of other languages gets English', () => {
  expect(chooseLanguage(null, null, ['fr', 'de'])).toBe('en');
  expect(chooseLanguage(null, null, [])).toBe('en');
});
