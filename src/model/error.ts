/**
 * What can go wrong between a catalog's URL and verified bytes. A part of the engine's codes, so that an error of
 * this room crosses to the page under the same name; what a person reads is chosen there, by code.
 */
export type ModelErrorCode =
  | 'aborted'
  /** No answer from the server, or an answer that says "later" (5xx, 429); what is cached was not enough. */
  | 'offline'
  | 'catalog-invalid'
  /** Not signed by whom this site trusts, or older than what this device has seen. */
  | 'catalog-untrusted'
  /** The manifest or a file that it describes (goldens, packed or ONNX bytes) is not what it must be. */
  | 'manifest-invalid'
  /** ONNX that asks for what no model may: weights elsewhere, control flow, an unknown operator, an absurd size. */
  | 'model-unsafe'
  | 'app-too-old'
  | 'file-missing'
  | 'hash-mismatch'
  | 'quota-exceeded'
  /** This version passed no self-test on this device before. */
  | 'self-test-failed'
  | 'internal';

/** message: one sentence in plain English with the place it speaks of, for the log and the details panel. */
export class ModelError extends Error {
  override readonly name = 'ModelError';
  readonly code: ModelErrorCode;
  /** Where: a URL, or a place in a document such as "manifest.files[1].sha256"; empty when there is no place. */
  readonly path: string;

  constructor(code: ModelErrorCode, path: string, message: string, options?: ErrorOptions) {
    super(path === '' ? message : `${path}: ${message}`, options);
    this.code = code;
    this.path = path;
  }
}
