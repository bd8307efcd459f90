/**
 * Where things lie in the model store. They stand together in a file that brings nothing along, since a later visit reads
 * them before the code that understands them is there (src/inference/later-worker.ts).
 */

/** Where a finished file lies. Named by content: two versions share what they have in common. */
export const fileKey = (hash: string): string => `file/${hash}`;

export const CATALOG_KEY = 'catalog';
export const HISTORY_KEY = 'history';
export const PASSED_TESTS_KEY = 'passed-tests';
/** The SHA-256 of the largest runtime that trapped on this device. */
export const REFUSED_KEY = 'runtime/refused';
