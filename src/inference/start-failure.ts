import type { EngineErrorCode } from './answer.ts';
import { EngineError } from './engine-error.ts';
import type { ErrorData } from './engine-error.ts';
import type { Lineup } from './lineup.ts';

/** A version none of whose backends may answer, with every backend's own story. */
export class StartFailure extends EngineError {
  readonly lineup: Lineup;
  constructor({ code, detail }: ErrorData, lineup: Lineup) {
    super(code, detail);
    this.lineup = lineup;
  }
}

/** Failures that another version of the model may be spared. */
const THE_VERSIONS_FAULT: readonly EngineErrorCode[] = [
  'self-test-failed',
  'offline',
  'file-missing',
  'hash-mismatch',
  'manifest-invalid',
  'model-unsafe',
];

export const isVersionsFault = (error: unknown): boolean =>
  error instanceof StartFailure && THE_VERSIONS_FAULT.includes(error.code);
