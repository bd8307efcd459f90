import { seedOf } from './random.ts';
import type { LabelledPicture } from './labelled-pictures.ts';

export type Split = 'train' | 'validation' | 'test';

export type SplitSpec = {
  readonly seed: number;
  /** Parts of the writers; the rest trains. */
  readonly testWriters: number;
  readonly validationWriters: number;
};

/**
 * Which split each picture belongs to, by writer and never by picture. Where no writer is known, the last pictures of
 * each letter are held out as one block: neighbours in number look alike (paper level correlates 0.25 from one
 * picture to the next in HHD), so a draw of single pictures would flatter.
 */
export function splitPictures(pictures: readonly LabelledPicture[], spec: SplitSpec): Map<string, Split> {
  const splits = new Map<string, Split>();
  const writers = new Map<string, LabelledPicture[]>();
  const others = new Map<string, LabelledPicture[]>();
  for (const picture of pictures) {
    const group = picture.writer === null ? others : writers;
    const key = picture.writer === null ? `${picture.source}/${picture.label}` : `${picture.source}/${picture.writer}`;
    group.set(key, [...(group.get(key) ?? []), picture]);
  }
  // A draw that depends on names and the seed alone, not on the order of the folder.
  const drawn = [...writers.keys()].toSorted((a, b) => seedOf(`${spec.seed}${a}`) - seedOf(`${spec.seed}${b}`));
  const tests = Math.round(drawn.length * spec.testWriters);
  const validations = Math.round(drawn.length * spec.validationWriters);
  drawn.forEach((writer, i) => {
    const split = i < tests ? 'test' : i < tests + validations ? 'validation' : 'train';
    for (const { path } of writers.get(writer)!) splits.set(path, split);
  });
  for (const block of others.values()) {
    block.forEach(({ path }, i) => {
      const rest = (block.length - i) / block.length;
      splits.set(
        path,
        rest <= spec.testWriters ? 'test' : rest <= spec.testWriters + spec.validationWriters ? 'validation' : 'train',
      );
    });
  }
  return splits;
}
