/** Pure: what page and worker say to each other, and the guards at the border between them. */
import type { Turns } from '#glyph/turned';
import type { Answer, Backend, ClassifyInput, EngineErrorCode, EngineStatus, ModelLabel } from './answer.ts';
import type { ErrorData } from './engine-error.ts';
import { hasNumbers, isBoolean, isId, isNumber, isRecord, isString, listOf, orNull } from './guards.ts';

export type StartOptions = {
  /** Absolute URL of the folder that the app is served from. */
  readonly baseUrl: string;
  /** Absolute URL of catalog.json. */
  readonly catalogUrl: string;
  /** Whose signature the catalog must bear: Ed25519 public keys in hex. Null: none is asked for, in development. */
  readonly modelKeys: readonly string[] | null;
  /** `?backend=`: tried before all others. */
  readonly preference: Backend | null;
  /** The random UUID that this device made for itself once: decides its arm. */
  readonly installId: string;
  /** A model version to use whatever the catalog's shares say; null for the arm. */
  readonly pin: string | null;
  /** `version+hash` of the app's build: goes into receipts, and its version is what manifests ask for. */
  readonly appBuild: string;
  /** Workers died before this one: WASM runs on the full runtime, whatever it was. */
  readonly fullRuntime?: boolean;
};

/**
 * What the page asks and what comes back. Every request gets exactly one reply of its own type, or an error,
 * also when it was aborted.
 */
export type Exchanges = {
  /** Once, first. The reply says that the worker is listening; how far it got comes as status events. */
  start: { in: StartOptions; out: null };
  classify: { in: ClassifyInput; out: Answer };
  /** in: the id of the request that nobody waits for any more. */
  abort: { in: number; out: null };
  /** Sign of life while something is due. */
  ping: { in: null; out: null };
};

type RequestOf<Type extends keyof Exchanges> = {
  readonly type: Type;
  readonly id: number;
  readonly in: Exchanges[Type]['in'];
};
type ReplyOf<Type extends keyof Exchanges> = {
  readonly type: Type;
  readonly id: number;
  readonly out: Exchanges[Type]['out'];
};

export type Request = { [Type in keyof Exchanges]: RequestOf<Type> }[keyof Exchanges];
export type Reply =
  | { [Type in keyof Exchanges]: ReplyOf<Type> }[keyof Exchanges]
  | { readonly type: 'error'; readonly id: number; readonly error: ErrorData }
  | { readonly type: 'status'; readonly status: EngineStatus }
  /** A part of what takes long is done: unasked, and to nobody's question. */
  | { readonly type: 'worked' };

/**
 * A request as the worker may trust it, or null for anything else. Guards look at everything that steers the
 * worker; points of an ink are checked where they are used (glyphFromInk leaves out what is not finite).
 */
export function readRequest(message: unknown): Request | null {
  if (!isRecord(message) || !isId(message['id'])) return null;
  const { type, id, in: input } = message;
  switch (type) {
    case 'start':
      return isStartOptions(input) ? { type, id, in: input } : null;
    case 'classify':
      return isClassifyInput(input) ? { type, id, in: input } : null;
    case 'abort':
      return isId(input) ? { type, id, in: input } : null;
    case 'ping':
      return { type, id, in: null };
    default:
      return null;
  }
}

/** A reply as the page may trust it, or null for anything else. */
export function readReply(message: unknown): Reply | null {
  if (!isRecord(message)) return null;
  const { type, id, out, error, status } = message;
  if (type === 'status') return isStatus(status) ? { type, status } : null;
  if (type === 'worked') return { type };
  if (!isId(id)) return null;
  switch (type) {
    case 'classify':
      return isAnswer(out) ? { type, id, out } : null;
    case 'start':
    case 'abort':
    case 'ping':
      return { type, id, out: null };
    case 'error':
      return isErrorData(error) ? { type, id, error } : null;
    default:
      return null;
  }
}

/** The id of a message that no guard let through, so that whoever waits for its reply can be told. */
export function idOf(message: unknown): number | null {
  return isRecord(message) && isId(message['id']) ? message['id'] : null;
}

const backends: readonly unknown[] = ['wasm', 'webgl', 'webgpu'] satisfies readonly Backend[];
const isBackend = (value: unknown): value is Backend => backends.includes(value);

/** A record, so that the compiler insists on every code. */
const errorCodes: Readonly<Record<EngineErrorCode, true>> = {
  aborted: true,
  offline: true,
  'catalog-invalid': true,
  'catalog-untrusted': true,
  'manifest-invalid': true,
  'model-unsafe': true,
  'app-too-old': true,
  'file-missing': true,
  'hash-mismatch': true,
  'quota-exceeded': true,
  'wasm-blocked': true,
  'webgl-unavailable': true,
  'webgpu-unavailable': true,
  'context-lost': true,
  'out-of-memory': true,
  'self-test-failed': true,
  'no-backend': true,
  'worker-crashed': true,
  'worker-hung': true,
  'bad-input': true,
  internal: true,
};
export const isErrorCode = (value: unknown): value is EngineErrorCode =>
  isString(value) && Object.hasOwn(errorCodes, value);

function isErrorData(value: unknown): value is ErrorData {
  return isRecord(value) && isErrorCode(value['code']) && isString(value['detail']);
}

function isStartOptions(value: unknown): value is StartOptions {
  return (
    isRecord(value) &&
    isString(value['baseUrl']) &&
    isString(value['catalogUrl']) &&
    orNull(listOf(isString))(value['modelKeys']) &&
    orNull(isBackend)(value['preference']) &&
    isString(value['installId']) &&
    orNull(isString)(value['pin']) &&
    isString(value['appBuild']) &&
    (value['fullRuntime'] === undefined || isBoolean(value['fullRuntime']))
  );
}

const isLine = (value: unknown): boolean => hasNumbers(value, 'headline', 'baseline');
const isBox = (value: unknown): boolean => hasNumbers(value, 'left', 'top', 'right', 'bottom');

function isClassifyInput(value: unknown): value is ClassifyInput {
  if (!isRecord(value)) return false;
  if (value['kind'] === 'raster') return isRaster(value['raster']) && listOf(isNumber)(value['cue']);
  if (!(value['line'] === null || isLine(value['line']))) return false;
  if (value['kind'] === 'ink') return listOf(listOf(isRecord))(value['ink']);
  return (
    value['kind'] === 'picture' &&
    isBitmap(value['bitmap']) &&
    (value['crop'] === null || isBox(value['crop'])) &&
    (value['turns'] === undefined || turns.includes(value['turns'])) &&
    isBoolean(value['invert'])
  );
}

const isRaster = (value: unknown): boolean =>
  hasNumbers(value, 'width', 'height') && isRecord(value) && value['data'] instanceof Uint8Array;

const turns: readonly unknown[] = [0, 1, 2, 3] satisfies readonly Turns[];

function isBitmap(value: unknown): boolean {
  return hasNumbers(value, 'width', 'height') && isRecord(value) && typeof value['close'] === 'function';
}

function isAnswer(value: unknown): value is Answer {
  if (!isRecord(value) || !isRecord(value['prediction']) || !isRecord(value['receipt'])) return false;
  const { prediction, raster, cue, inkBox, receipt, embedding, timing } = value;
  return (
    isCandidates(prediction['candidates']) &&
    (prediction['kind'] === 'letter'
      ? isString(prediction['label']) && isNumber(prediction['probability'])
      : prediction['kind'] === 'abstention' && isString(prediction['reason'])) &&
    (raster === null || (isRecord(raster) && raster['data'] instanceof Uint8Array)) &&
    (raster === null ? cue === null : listOf(isNumber)(cue)) &&
    (inkBox === null || isBox(inkBox)) &&
    isBackend(receipt['backend']) &&
    isString(receipt['fileHash']) &&
    (embedding === null || embedding instanceof Float32Array) &&
    hasNumbers(timing, 'preprocess', 'inference', 'total')
  );
}

const isCandidates = listOf(
  (value): value is Readonly<Record<string, unknown>> =>
    isRecord(value) && isString(value['label']) && isNumber(value['probability']),
);

function isStatus(value: unknown): value is EngineStatus {
  if (!isRecord(value)) return false;
  switch (value['phase']) {
    case 'starting':
    case 'testing':
      return true;
    case 'downloading':
      return hasNumbers(value, 'loadedBytes', 'totalBytes');
    case 'ready':
      return (
        isBackend(value['backend']) &&
        isString(value['version']) &&
        isLabels(value['labels']) &&
        isReports(value['reports']) &&
        (value['notes'] === undefined || isNotes(value['notes']))
      );
    case 'failed':
      return isErrorCode(value['code']) && isString(value['detail']) && isReports(value['reports']);
    default:
      return false;
  }
}

const isLabels = listOf(
  (value): value is ModelLabel =>
    isRecord(value) &&
    isString(value['name']) &&
    isString(value['letter']) &&
    isRecord(value['title']) &&
    isString(value['title']['en']) &&
    isString(value['title']['he']),
);

const isReports = listOf(
  (value): value is Readonly<Record<string, unknown>> => isRecord(value) && isBackend(value['backend']),
);

const isNotes = listOf(
  (value): value is Readonly<Record<string, unknown>> =>
    isRecord(value) && isString(value['code']) && isString(value['message']),
);
