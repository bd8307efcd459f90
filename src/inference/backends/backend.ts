import type { Backend, WasmRuntime } from '#inference/answer';
import type { ModelInput } from '#glyph/tensor';

/** What a backend needs to know of a model: its ONNX bytes and the names of what goes in and comes out. */
export type ModelGraph = {
  /** ONNX. A backend may edit a copy, never these. */
  readonly bytes: Uint8Array;
  /** Side of the square picture. */
  readonly size: number;
  /** line: null for models that read the picture alone. */
  readonly inputs: { readonly picture: string; readonly line: string | null };
  /** embedding: null for models that give logits alone. */
  readonly outputs: { readonly logits: string; readonly embedding: string | null };
};

/** Row after row, as many rows as the input had glyphs. embedding is null where the model gives none. */
export type ModelOutput = { readonly logits: Float32Array; readonly embedding: Float32Array | null };

/**
 * A session that is ready to run. run() may be called while another is under way; what cannot be done at the same
 * time waits inside. It throws EngineError ('context-lost', 'out-of-memory', 'internal').
 */
export interface Session {
  readonly backend: Backend;
  /** Of WASM alone: what it runs on by now. */
  readonly runtime?: () => WasmRuntime;
  run(input: ModelInput): Promise<ModelOutput>;
  /** Frees what it holds. Nothing may run afterwards. */
  dispose(): Promise<void>;
}
