import { ModelError } from '#model/error';
import type { EngineErrorCode } from './answer.ts';

/** How an error crosses from one thread to the other. */
export type ErrorData = { readonly code: EngineErrorCode; readonly detail: string };

/** What goes wrong in the engine: a code to act on and to translate, and a detail for the person who has to find out why. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  readonly code: EngineErrorCode;
  readonly detail: string;

  constructor(code: EngineErrorCode, detail: string, options?: ErrorOptions) {
    super(`${code}: ${detail}`, options);
    this.code = code;
    this.detail = detail;
  }
}

export const aborted = (detail: string): EngineError => new EngineError('aborted', detail);

/** A fresh error of this thread out of what the other one sent. */
export const revive = ({ code, detail }: ErrorData): EngineError => new EngineError(code, detail);

/** Anything that was thrown, as data: errors of ours keep their code, the rest is read by what it says. */
export function errorData(thrown: unknown): ErrorData {
  if (thrown instanceof EngineError) return { code: thrown.code, detail: thrown.detail };
  const detail = describe(thrown);
  if (thrown instanceof ModelError) return { code: thrown.code, detail };
  return { code: codeOf(thrown, detail), detail };
}

/** One line about anything that was thrown. ONNX Runtime's WASM also throws bare numbers and strings. */
function describe(thrown: unknown): string {
  if (thrown instanceof Error) return thrown.message === '' ? thrown.name : thrown.message;
  return typeof thrown === 'string' ? thrown : `thrown: ${String(thrown)}`;
}

/**
 * The runtime and the browsers tell what happened in words only; these are the words of Chromium, Firefox, Safari
 * and ONNX Runtime 1.30 for what a person can act on.
 */
function codeOf(thrown: unknown, detail: string): EngineErrorCode {
  if (thrown instanceof Error && thrown.name === 'AbortError') return 'aborted';
  if (/out of memory|could not allocate|allocation failed|bad_alloc|memory allocation/i.test(detail)) {
    return 'out-of-memory';
  }
  if (/unsafe-eval|WebAssembly is not defined|no available WebAssembly|Wasm code generation disallowed/i.test(detail)) {
    return 'wasm-blocked';
  }
  if (/context lost|CONTEXT_LOST/i.test(detail)) return 'context-lost';
  if (
    /failed to fetch|networkerror|load failed|importing a module script failed|error loading dynamically/i.test(detail)
  ) {
    return 'offline';
  }
  return 'internal';
}
