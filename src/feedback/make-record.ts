/** Pure: from an answer and a person's word to a record. */
import type { Ink, WritingLine } from '#glyph/ink';
import type { Answer } from '#inference/answer';
import type { FeedbackRecord, FeedbackSource } from './record.ts';
import { recordSchema } from './record.ts';
import { inkPoints } from './wire-schema.ts';

/** A person's word: label is null where it is unreadable, and only there. */
export type Verdict =
  | { readonly verdict: 'confirmed' | 'corrected'; readonly label: string }
  | { readonly verdict: 'unreadable'; readonly label: null };

export type RecordParts = {
  /** A UUIDv7, as createUuid7 of uuid7.ts makes it. */
  readonly id: string;
  readonly now: Date;
  readonly answer: Pick<Answer, 'prediction' | 'byModel' | 'raster' | 'cue' | 'receipt'>;
  readonly source: FeedbackSource;
  /** Where it was drawn; null for pictures. */
  readonly drawn: { readonly ink: Ink; readonly line: WritingLine } | null;
  /** Where it is a picture: the bounded crop as PNG, null where none could be made; null where it was drawn. */
  readonly picture: Uint8Array | null;
  readonly said: Verdict;
};

const most = 5;

/** The record as it was said now, revision 0. Shares no memory with the answer: that may be reused. */
export function makeRecord({ id, now, answer, source, drawn, picture, said }: RecordParts): FeedbackRecord {
  const { raster, cue, receipt } = answer;
  // What adaptation made of it is this person's; a record says what the model of the receipt said.
  const prediction = answer.byModel ?? answer.prediction;
  const verdict =
    answer.byModel === undefined || said.label === null ? said.verdict : verdictOn(prediction, said.label);
  const { model, version, fileHash, backend, preprocess, appBuild } = receipt;
  return {
    schema: recordSchema,
    id,
    revision: 0,
    time: now.toISOString(),
    source,
    drawn: drawn && {
      ink: bounded(drawn.ink.map((stroke) => stroke.filter(isFinitePoint).map(({ x, y, t }) => ({ x, y, t })))),
      line: { headline: drawn.line.headline, baseline: drawn.line.baseline },
    },
    seen:
      raster && cue
        ? { raster: { width: raster.width, height: raster.height, data: raster.data.slice() }, cue: [...cue] }
        : null,
    picture: picture?.slice() ?? null,
    prediction: {
      label: prediction.kind === 'letter' ? prediction.label : null,
      reason: prediction.kind === 'letter' ? null : prediction.reason,
      top: prediction.candidates.slice(0, most).map(({ label, probability }) => ({ label, probability })),
    },
    verdict,
    label: said.label,
    receipt: { model, version, fileHash, backend, preprocess, appBuild },
  };
}

const verdictOn = (prediction: Answer['prediction'], label: string): 'confirmed' | 'corrected' =>
  prediction.kind === 'letter' && prediction.label === label ? 'confirmed' : 'corrected';

/** What a browser reports out of this world is no part of the ink: the preprocessing leaves it out too. */
const isFinitePoint = ({ x, y, t }: { readonly x: number; readonly y: number; readonly t: number }): boolean =>
  Number.isFinite(x) && Number.isFinite(y) && Number.isFinite(t);

/**
 * An ink of so many points that no batch could hold it (minutes of scribbling) is thinned: every n-th point, and the
 * first and last of each stroke while there is room.
 */
function bounded(ink: Ink): Ink {
  const points = ink.reduce((sum, stroke) => sum + stroke.length, 0);
  if (points <= inkPoints) return ink;
  // Each stroke keeps two points at least, so more strokes than this would not fit however thin.
  const strokes = ink.slice(0, inkPoints / 4);
  for (let n = Math.ceil(points / inkPoints); ; n *= 2) {
    const thinned = strokes.map((stroke) => stroke.filter((_, i) => i % n === 0 || i === stroke.length - 1));
    if (thinned.reduce((sum, stroke) => sum + stroke.length, 0) <= inkPoints) return thinned;
  }
}
