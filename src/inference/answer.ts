import type { EmptyReason } from '#glyph/glyph';
import type { Box, Ink, WritingLine } from '#glyph/ink';
import type { Raster } from '#glyph/raster';
import type { Turns } from '#glyph/turned';
import type { ModelErrorCode } from '#model/error';

declare global {
  // What this contract needs of the browser's types, so that the files that are pure compile without the DOM library.
  interface ImageBitmap {
    readonly width: number;
    readonly height: number;
    close(): void;
  }
  interface AbortSignal {
    readonly aborted: boolean;
  }
}

/** An execution provider of ONNX Runtime Web. */
export type Backend = 'wasm' | 'webgl' | 'webgpu';

/** What WASM runs on: all of ONNX Runtime, or what the served models need of it. */
export type WasmRuntime = 'full' | 'trimmed';

/**
 * What the page sends to be read. A bitmap is transferred, never copied: the sender must not use it afterwards.
 * crop is in pixels of the bitmap; invert forces the other polarity than the one found from the border.
 * turns are quarter turns clockwise after the crop (turned() of #glyph/turned does it); none is 0.
 * A raster is what a model saw before, with its cue, to be read anew by the model of today; it is copied.
 */
export type ClassifyInput =
  | { readonly kind: 'ink'; readonly ink: Ink; readonly line: WritingLine | null }
  | {
      readonly kind: 'picture';
      readonly bitmap: ImageBitmap;
      readonly crop: Box | null;
      readonly turns?: Turns;
      readonly invert: boolean;
      readonly line: WritingLine | null;
    }
  | { readonly kind: 'raster'; readonly raster: Raster; readonly cue: readonly number[] };

export type Candidate = { readonly label: string; readonly probability: number };

/** Why a prediction names no letter: nothing there, not a letter of this alphabet, or too close to call. */
export type AbstainReason = EmptyReason | 'not-a-letter' | 'unsure';

/**
 * candidates: all labels, most probable first, calibrated probabilities that add up to 1; none where there was nothing to read.
 */
export type Prediction =
  | {
      readonly kind: 'letter';
      readonly label: string;
      readonly probability: number;
      readonly candidates: readonly Candidate[];
    }
  | { readonly kind: 'abstention'; readonly reason: AbstainReason; readonly candidates: readonly Candidate[] };

/** Enough to replay a prediction. */
export type Receipt = {
  readonly model: string;
  readonly version: string;
  /** SHA-256 of the model file that ran, lower-case hex. */
  readonly fileHash: string;
  readonly backend: Backend;
  readonly preprocess: number;
  readonly appBuild: string;
};

export type Answer = {
  readonly prediction: Prediction;
  /** Set where adaptation on the device had a say: what the model alone says, and what a record keeps. */
  readonly byModel?: Prediction;
  /** What the model saw; null when nothing was found to show it. */
  readonly raster: Raster | null;
  /** The model's second input, as lineCue of #glyph/line gives it; there exactly where the raster is. */
  readonly cue: readonly number[] | null;
  /** Where the ink was found, in units of the input; null when none was. */
  readonly inkBox: Box | null;
  readonly receipt: Receipt;
  /** The model's embedding of the input (not normalised), for adaptation on the device; null when nothing was read. */
  readonly embedding: Float32Array | null;
  /** Milliseconds spent in the worker. */
  readonly timing: { readonly preprocess: number; readonly inference: number; readonly total: number };
};

/** One backend's story on this device, for the person who asks which one answers and why. */
export type BackendReport = {
  readonly backend: Backend;
  readonly state: 'untried' | 'loading' | 'ready' | 'answering' | 'failed' | 'unavailable';
  /** Why it failed or was not tried: an error code of EngineErrorCode, or null. */
  readonly reason: EngineErrorCode | null;
  readonly detail: string | null;
  /** Median milliseconds for one golden; null before the self-test. */
  readonly selfTestMs: number | null;
  /** Largest difference from the expected logits over the goldens; null before the self-test. */
  readonly largestError: number | null;
  /** Of WASM, once it runs. */
  readonly runtime?: WasmRuntime;
};

/** What can go wrong on the way to a model's bytes, and in running it. */
export type EngineErrorCode =
  | ModelErrorCode
  | 'wasm-blocked'
  | 'webgl-unavailable'
  | 'webgpu-unavailable'
  | 'context-lost'
  | 'out-of-memory'
  | 'no-backend'
  | 'worker-crashed'
  | 'worker-hung'
  | 'bad-input';

/** Something went wrong and something else served instead, or newer versions may be held back (catalog-expired). */
export type EngineNote = {
  readonly code: EngineErrorCode | 'cache-unavailable' | 'catalog-expired';
  readonly message: string;
};

/** One thing that the model tells apart, as its manifest names it. letter is shown large, 1 to 16 characters. */
export type ModelLabel = {
  readonly name: string;
  readonly letter: string;
  readonly title: { readonly en: string; readonly he: string };
};

export type EngineStatus =
  | { readonly phase: 'starting' }
  /** loadedBytes and totalBytes count model and runtime files, from the manifest where it names them. */
  | { readonly phase: 'downloading'; readonly loadedBytes: number; readonly totalBytes: number }
  | { readonly phase: 'testing' }
  | {
      readonly phase: 'ready';
      readonly model: string;
      readonly version: string;
      /** In the order of the logits. */
      readonly labels: readonly ModelLabel[];
      readonly backend: Backend;
      readonly reports: readonly BackendReport[];
      /** What was put up with, oldest first: the arm could not be had, nothing can be kept on this device. Mostly none. */
      readonly notes?: readonly EngineNote[];
    }
  /** fallback: the last good version that goes on answering, if there is one. */
  | {
      readonly phase: 'failed';
      readonly code: EngineErrorCode;
      readonly detail: string;
      readonly reports: readonly BackendReport[];
    };

/**
 * The page's side of the worker. classify() rejects with EngineError: 'aborted' when the signal fires or a newer
 * request took its place (unless concurrent is asked for, as a queue of pictures does), 'worker-crashed' or
 * 'worker-hung' when the worker died under it (a fresh one is already on its way), 'bad-input' for what cannot be read.
 */
export interface EngineClient {
  classify(signal: AbortSignal, input: ClassifyInput, options?: { readonly concurrent?: boolean }): Promise<Answer>;
  readonly status: () => EngineStatus;
  /** Calls back at every change of status; returns the function that ends it. */
  subscribe(listener: (status: EngineStatus) => void): () => void;
  /** Tries again after a failure: downloads what is missing, tests the backends anew. */
  retry(): void;
  close(): void;
}
