import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { ModelLabel } from '#inference/answer';
import { readManifest } from '#model/manifest';
import { alphabet } from './alphabet.ts';
import { facesOf, facesToLearn } from './label-face.ts';

const labelled = (name: string, letter: string): ModelLabel => ({
  name,
  letter,
  title: { en: `${name} in English`, he: `${name} בעברית` },
});
const zhe = labelled('zhe', 'Ж');
const cyrillicPe = labelled('pe', 'П');
const nun = labelled('nun', 'נ');
const vav = labelled('vav', 'ו');

describe('a label is shown', () => {
  test('in script, with the name that the alphabet has for it, when it is a Hebrew letter', () => {
    const face = facesOf([vav])('vav');
    expect(face).toMatchObject({ glyph: 'ו', names: { en: 'Vav' }, letter: { label: 'vav' } });
  });

  test("by the manifest's letter and title when it is anything else", () => {
    expect(facesOf([vav, zhe])('zhe')).toEqual({ label: 'zhe', glyph: 'Ж', names: zhe.title, letter: null });
  });

  test('as what it is when it is only called like a Hebrew letter', () => {
    expect(facesOf([cyrillicPe])('pe')).toEqual({ label: 'pe', glyph: 'П', names: cyrillicPe.title, letter: null });
  });

  test('by its own name when no manifest has it, unless it is a Hebrew letter', () => {
    expect(facesOf([])('zhe')).toEqual({ label: 'zhe', glyph: 'zhe', names: { en: 'zhe', he: 'zhe' }, letter: null });
    expect(facesOf([])('pe').glyph).toBe('פ');
    expect(facesOf([])('constructor').glyph).toBe('constructor');
  });
});

describe('the letters screen shows', () => {
  test('the whole alphabet before a model is there', () => {
    expect(facesToLearn([]).map(({ letter }) => letter)).toEqual(alphabet);
  });

  test('the Hebrew letters that the model has, in the order of the alphabet', () => {
    expect(facesToLearn([nun, vav]).map(({ label }) => label)).toEqual(['vav', 'nun']);
  });

  test("the model's own labels, in its order, when they are no alphabet of Hebrew", () => {
    expect(facesToLearn([zhe, nun, cyrillicPe]).map(({ glyph }) => glyph)).toEqual(['Ж', 'נ', 'П']);
  });

  test('a learning card for each label of the model that is served here', () => {
    const catalog = JSON.parse(readFileSync('public/models/catalog.json', 'utf8')) as {
      models: { versions: { manifest: string }[] }[];
    };
    const paths = catalog.models.flatMap(({ versions }) => versions.map(({ manifest }) => manifest));
    expect(paths).not.toEqual([]);
    for (const path of paths) {
      const { labels } = readManifest(JSON.parse(readFileSync(`public/models/${path}`, 'utf8')));
      expect(facesToLearn(labels).map(({ letter }) => letter)).toEqual(alphabet);
    }
  });
});
