/** Pure: what a feedback record is, on the device and on its way. */
import type { Ink, WritingLine } from '#glyph/ink';
import type { Raster } from '#glyph/raster';
import type { AbstainReason, Candidate, Receipt } from '#inference/answer';

/** Of the records, also on the wire. 1: first release. */
export const recordSchema = 1;

export type FeedbackSource = 'draw' | 'upload' | 'camera';
export type FeedbackVerdict = 'confirmed' | 'corrected' | 'unreadable';

/** What the model said: label is null when it abstained. top: the five most probable, fewer where there were fewer. */
export type FeedbackPrediction = {
  readonly label: string | null;
  readonly reason: AbstainReason | null;
  readonly top: readonly Candidate[];
};

/** One input, one prediction, one verdict, and a receipt. Bytes are Uint8Array here, base64 on the wire. */
export type FeedbackRecord = {
  readonly schema: typeof recordSchema;
  /** UUIDv7: its time is when the record was made. */
  readonly id: string;
  /** 0 at first; grows by 1 with every change. Whoever reads batches keeps the highest of an id. */
  readonly revision: number;
  /** ISO 8601 in UTC, milliseconds: when this revision was made. */
  readonly time: string;
  readonly source: FeedbackSource;
  /** Where it was drawn: strokes with timing in CSS pixels of the sheet, and its ruled line. */
  readonly drawn: { readonly ink: Ink; readonly line: WritingLine } | null;
  /** What the model saw, size × size; null where nothing was found to show it. cue as lineCue of #glyph/line gives it. */
  readonly seen: { readonly raster: Raster; readonly cue: readonly number[] } | null;
  /** PNG of the part that was read, sides at most 256 pixels, without any metadata; null where it was drawn. */
  readonly picture: Uint8Array | null;
  readonly prediction: FeedbackPrediction;
  readonly verdict: FeedbackVerdict;
  /** What it is, by the person's word; null where the verdict is unreadable. */
  readonly label: string | null;
  readonly receipt: Receipt;
};

/** Takes a record back that has left already: whoever reads batches forgets every revision up to this one. */
export type Withdrawal = {
  readonly schema: typeof recordSchema;
  readonly id: string;
  readonly revision: number;
  readonly time: string;
  readonly withdrawn: true;
};

/** One line of a batch. */
export type FeedbackLine = FeedbackRecord | Withdrawal;
