/** Pure: a line of a batch to JSON and back. Nothing that came from outside is a FeedbackLine before it went through here. */
import type * as z from 'zod/mini';
import { fromBase64, toBase64 } from './base64.ts';
import type { FeedbackLine, FeedbackRecord, Withdrawal } from './record.ts';
import { recordSchema } from './record.ts';
import { problemOfPicture } from './record-picture.ts';
import type { WireRecord } from './wire-schema.ts';
import { inkPoints, RecordLine, WithdrawalLine } from './wire-schema.ts';

/** not-json: no JSON at all. newer-schema: of a later version of the app. invalid: anything else that is no line of ours. */
export type WireErrorCode = 'not-json' | 'newer-schema' | 'invalid';

/** path: where in the line, "prediction.top[0].label"; empty for the whole line. message does not repeat what the line holds. */
export class WireError extends Error {
  override readonly name = 'WireError';
  readonly code: WireErrorCode;
  readonly path: string;
  constructor(code: WireErrorCode, path: string, message: string) {
    super(path === '' ? message : `${path}: ${message}`);
    this.code = code;
    this.path = path;
  }
}

/** One line of JSON without a line break, keys always in the same order: equal lines give equal bytes. */
export function lineToJson(line: FeedbackLine): string {
  const { schema, id, revision, time } = line;
  if ('withdrawn' in line) return JSON.stringify({ schema, id, revision, time, withdrawn: true });
  const { source, drawn, seen, picture, prediction, verdict, label, receipt } = line;
  const { model, version, fileHash, backend, preprocess, appBuild } = receipt;
  const wire: WireRecord = {
    schema,
    id,
    revision,
    time,
    source,
    drawn: drawn && {
      ink: drawn.ink.map((stroke) => stroke.map(({ x, y, t }) => ({ x, y, t }))),
      line: { headline: drawn.line.headline, baseline: drawn.line.baseline },
    },
    seen: seen && {
      raster: { width: seen.raster.width, height: seen.raster.height, data: toBase64(seen.raster.data) },
      cue: [...seen.cue],
    },
    picture: picture && toBase64(picture),
    prediction: {
      label: prediction.label,
      reason: prediction.reason,
      top: prediction.top.map(({ label, probability }) => ({ label, probability })),
    },
    verdict,
    label,
    receipt: { model, version, fileHash, backend, preprocess, appBuild },
  };
  return JSON.stringify(wire);
}

/** Throws WireError. The caller bounds the text's length: whoever reads lines knows how long a batch may be. */
export function lineFromJson(text: string): FeedbackLine {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new WireError('not-json', '', 'is no JSON');
  }
  return readLine(value);
}

/** The same for what is parsed already. Throws WireError. */
function readLine(value: unknown): FeedbackLine {
  if (typeof value !== 'object' || value === null) throw new WireError('invalid', '', 'is no object');
  if ('schema' in value && typeof value.schema === 'number' && value.schema > recordSchema)
    throw new WireError('newer-schema', 'schema', `is ${value.schema}, and this app reads ${recordSchema}`);
  return 'withdrawn' in value ? readWithdrawal(value) : readRecord(value);
}

function readWithdrawal(value: unknown): Withdrawal {
  const line = shaped(WithdrawalLine.safeParse(value));
  checkTime(line.time);
  return line;
}

function readRecord(value: unknown): FeedbackRecord {
  const wire = shaped(RecordLine.safeParse(value));
  checkTime(wire.time);
  const { source, drawn, seen, picture, prediction, verdict, label } = wire;
  if ((drawn !== null) !== (source === 'draw')) throw invalid('drawn', 'is there where it was drawn, and only there');
  if (source === 'draw' && picture !== null) throw invalid('picture', 'is null where it was drawn');
  if (drawn !== null && !(drawn.line.baseline > drawn.line.headline))
    throw invalid('drawn.line', 'the baseline is below the headline');
  if ((drawn?.ink.reduce((sum, stroke) => sum + stroke.length, 0) ?? 0) > inkPoints)
    throw invalid('drawn.ink', `has more than ${inkPoints} points`);
  if ((label === null) !== (verdict === 'unreadable'))
    throw invalid('label', 'is null if it is unreadable, and only then');
  if ((prediction.label === null) !== (prediction.reason !== null))
    throw invalid('prediction', 'has either a label or a reason why not');
  return { ...wire, seen: seen && readSeen(seen), picture: picture === null ? null : readPicture(picture) };
}

function readSeen({ raster, cue }: NonNullable<WireRecord['seen']>): FeedbackRecord['seen'] {
  const { width, height } = raster;
  const data = fromBase64(raster.data);
  if (data === null) throw invalid('seen.raster.data', 'is no base64');
  if (data.length !== width * height)
    throw invalid('seen.raster.data', `has ${data.length} bytes, and ${width} × ${height} are ${width * height}`);
  return { raster: { width, height, data }, cue };
}

function readPicture(text: string): Uint8Array {
  const bytes = fromBase64(text);
  if (bytes === null) throw invalid('picture', 'is no base64');
  const problem = problemOfPicture(bytes);
  if (problem !== null) throw invalid('picture', problem);
  return bytes;
}

/** The 31st of February has the right shape. */
function checkTime(time: string): void {
  const then = new Date(time);
  if (Number.isNaN(then.getTime()) || then.toISOString() !== time) throw invalid('time', 'is no moment');
}

const invalid = (path: string, message: string): WireError => new WireError('invalid', path, message);

function shaped<T>(result: z.core.util.SafeParseResult<T>): T {
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = (issue?.path ?? []).reduce<string>(
    (place, key) => (typeof key === 'number' ? `${place}[${key}]` : `${place}${place && '.'}${String(key)}`),
    '',
  );
  throw invalid(path, wordsFor(issue));
}

/** zod/mini brings no wording of its own. What was read is not repeated: it may be anything, of any length. */
function wordsFor(issue: z.core.$ZodIssue | undefined): string {
  switch (issue?.code) {
    case 'invalid_type':
      return `must be ${issue.expected}`;
    case 'unrecognized_keys':
      return `has ${issue.keys.length} keys that version ${recordSchema} does not know`;
    case 'too_big':
      return `is too large: at most ${String(issue.maximum)}`;
    case 'too_small':
      return `is too small: at least ${String(issue.minimum)}`;
    case 'invalid_value':
      return `must be ${issue.values.map(String).join(' or ')}`;
    case 'invalid_format':
      return 'is not written as it must be';
    default:
      return 'cannot be read';
  }
}
