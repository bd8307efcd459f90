/** Pure: why a file, or a part of it, was not taken. */

/**
 * not-ours: neither ZIP nor NDJSON. damaged: a checksum or a length is wrong, or its end is missing. too-large: beyond
 * what is unpacked from a stranger. unsafe: a name that leads out of a folder, or parts that lie in one another.
 * unsupported: encrypted, or packed in a way that is not deflate.
 */
export type ImportErrorCode = 'not-ours' | 'damaged' | 'too-large' | 'unsafe' | 'unsupported';

export class ImportError extends Error {
  override readonly name = 'ImportError';
  readonly code: ImportErrorCode;
  constructor(code: ImportErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
