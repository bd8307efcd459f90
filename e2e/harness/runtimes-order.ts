import type { WasmRuntime } from '#inference/answer';

/** A model package: the address of its manifest. */
export type RuntimesOrder = { readonly manifest: string };

/** What one runtime made of a model. */
export type RuntimeOutputs = {
  /** SHA-256 over every output, bit by bit, for each size of batch. */
  readonly digests: Readonly<Record<number, string>>;
  /** What the session ran on at its end: not the trimmed one any more, where that trapped. */
  readonly endedOn: WasmRuntime | undefined;
};

export type RuntimesReply =
  | { readonly trimmed: RuntimeOutputs; readonly full: RuntimeOutputs; readonly goldens: number }
  | { readonly error: string };
