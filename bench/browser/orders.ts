import type { Turn } from '../rounds.ts';
import type { Precision } from '../served-package.ts';

/** Which library runs the network, on which of its backends, out of which file of the package. */
export type Lane =
  | { readonly library: 'ktav'; readonly backend: 'wasm' | 'webgl'; readonly file: Precision }
  | { readonly library: 'tfjs'; readonly backend: 'wasm' | 'webgl'; readonly file: 'fp32' };

/** What the page asks of a worker. One order at a time; each gets one reply. */
export type Order =
  /** models: address of public/models/. Replies with the largest error over the goldens. */
  | { readonly kind: 'open'; readonly lane: Lane; readonly models: string }
  /** Replies with the milliseconds of each call. */
  | ({ readonly kind: 'turn' } & Turn)
  /** Replies with Preprocessing. */
  | { readonly kind: 'preprocess'; readonly models: string; readonly rounds: number };

/** Milliseconds by round, of what is done to one letter before the model sees it. */
export type Preprocessing = Readonly<Record<'readback' | 'pixels' | 'small' | 'bitmap' | 'strokes', readonly number[]>>;

export type Reply = { readonly out: unknown } | { readonly error: string };
