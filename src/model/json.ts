import { ModelError } from './error.ts';

/** Parses UTF-8 JSON. Throws ModelError with the given code; a page of HTML under a wrong address is the usual cause. */
export function jsonOf(bytes: Uint8Array, code: 'catalog-invalid' | 'manifest-invalid', where: string): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (cause) {
    throw new ModelError(code, where, 'is no JSON', { cause });
  }
}
