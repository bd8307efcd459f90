/** Pure: how the labels of a model look on the page. */
import type { ModelLabel } from '#inference/answer';
import { alphabet, letterOf } from './alphabet.ts';
import type { Letter } from './alphabet.ts';

export type LabelFace = {
  readonly label: string;
  /** What is shown large: one character of Hebrew script, or the 1 to 16 that the manifest gives. */
  readonly glyph: string;
  readonly names: { readonly en: string; readonly he: string };
  /** The letter of Hebrew script that it is, with what there is to learn about it; null for all else, set in print. */
  readonly letter: Letter | null;
};

/**
 * How each label of a model is shown. A label is a Hebrew letter when the manifest gives the same character as the
 * alphabet: a Cyrillic "pe" is none. A label that the manifest does not have is shown as a Hebrew letter, or by itself.
 */
export function facesOf(labels: readonly ModelLabel[]): (label: string) => LabelFace {
  const said = new Map(labels.map((one) => [one.name, one]));
  return (label) => {
    const own = said.get(label);
    const letter = letterOf(label);
    if (letter !== null && (own === undefined || own.letter === letter.char)) return faceOfLetter(letter);
    return { label, glyph: own?.letter ?? label, names: own?.title ?? { en: label, he: label }, letter: null };
  };
}

/**
 * What the letters screen shows: the labels in the model's order, or in that of the alphabet where all of them are
 * Hebrew letters. The whole alphabet while no model has said yet what it reads.
 */
export function facesToLearn(labels: readonly ModelLabel[]): readonly LabelFace[] {
  if (labels.length === 0) return alphabet.map(faceOfLetter);
  const faceOf = facesOf(labels);
  const faces = labels.map(({ name }) => faceOf(name));
  if (faces.some(({ letter }) => letter === null)) return faces;
  const own = new Set(labels.map(({ name }) => name));
  return alphabet.filter(({ label }) => own.has(label)).map(faceOfLetter);
}

function faceOfLetter(letter: Letter): LabelFace {
  const { label, char, names } = letter;
  return { label, glyph: char, names, letter };
}
