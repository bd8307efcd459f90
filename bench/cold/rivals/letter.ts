/** What a rival's page is given beside its weights: one drawn letter, and what the network makes of it. */
import type { Manifest } from '#model/manifest';

export type DrawnLetter = {
  readonly manifest: Pick<Manifest, 'inputs' | 'outputs' | 'preprocess'>;
  /** As the model reads it: ink from 0 to 1, row by row, and the line that it stands on. */
  readonly picture: readonly number[];
  readonly line: readonly number[];
  /** The place of the largest logit: who answers faster by computing something else is out. */
  readonly answer: number;
};

/** The names of the files, which the page and who serves it agree on; as hashed ones they are kept for a year. */
export const WEIGHTS = 'assets/weights-fp32fp32.onnx';
export const LETTER = 'assets/letter-drawn000.json';

/** What a page marks when its answer is there. */
export const ANSWER_MARK = 'hand-answer';
