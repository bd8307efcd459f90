import type { WasmRuntime } from '#inference/answer';
import type { SmallRuntime } from '#inference/backends/wasm-reserve';

/** A model package, by the address of its manifest, and the runtime that is held against the full one. */
export type RuntimesOrder = { readonly manifest: string; readonly small: SmallRuntime };

/** What one runtime made of a model. */
export type RuntimeOutputs = {
  /** SHA-256 over every output, bit by bit, for each size of batch. */
  readonly digests: Readonly<Record<number, string>>;
  /** What the session ran on at its end: no small one any more, where that trapped. */
  readonly endedOn: WasmRuntime | undefined;
};

export type RuntimesReply =
  | { readonly small: RuntimeOutputs; readonly full: RuntimeOutputs; readonly goldens: number }
  | { readonly error: string };
