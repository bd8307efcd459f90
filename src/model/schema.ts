import * as z from 'zod/mini';
import { ModelError } from './error.ts';
import type { ModelErrorCode } from './error.ts';

// zod tries `new Function` to see whether it may compile schemas; under our Content-Security-Policy that is a
// reported violation at every start. Every schema of this room is made of pieces of this file, so this comes first.
z.config({ jitless: true });

/** The type that a schema reads, frozen to the last leaf: what came from outside is not edited, it is replaced. */
export type Read<S extends z.core.$ZodType> = DeepReadonly<z.infer<S>>;
type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;

/** A finding that a shape alone cannot express: a doubled label, a sum that is not 1. */
export type Problem = { readonly path: readonly PropertyKey[]; readonly message: string };

const text = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));

export const Text = text(200);
export const LongText = text(4000);

/** What a person reads, in the languages of the interface. */
export const Title = z.strictObject({ en: Text, he: Text });

export const Sha256 = z.string().check(z.regex(/^[0-9a-f]{64}$/, 'must be a SHA-256: 64 lower-case hex digits'));

/** https://semver.org without leading zeros; build metadata does not count in comparisons. */
export const Semver = z
  .string()
  .check(
    z.maxLength(64),
    z.regex(
      /^(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})\.(0|[1-9]\d{0,8})(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?$/,
      'must be a version such as 1.2.3',
    ),
  );

/** Identifiers of models and labels: "hebrew-letters", "final-tsadi". */
export const Slug = z
  .string()
  .check(z.maxLength(64), z.regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be lower-case words joined by hyphens'));

/**
 * A file below the document that names it. No scheme, no leading slash, no "..", no backslash, no %: so that no
 * manifest can make a page read what lies elsewhere.
 */
export const RelativePath = z
  .string()
  .check(
    z.maxLength(200),
    z.regex(
      /^[A-Za-z0-9_][A-Za-z0-9_.+-]*(\/[A-Za-z0-9_][A-Za-z0-9_.+-]*)*$/,
      'must be a relative path below this file, without "..", scheme or leading slash',
    ),
  );

export const Probability = z.number().check(z.minimum(0), z.maximum(1));
export const Positive = z.number().check(z.positive());

/** A whole number from least to most. */
export const whole = (least: number, most: number) => z.int().check(z.minimum(least), z.maximum(most));

/**
 * Of manifest, catalog and goldens alike.
 * 1: first release.
 */
const SCHEMA_VERSION = 1;
export const SchemaVersion = z.literal(SCHEMA_VERSION);

function schemaVersionOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'schemaVersion' in value ? value.schemaVersion : undefined;
}

export const BACKENDS = ['wasm', 'webgl', 'webgpu'] as const;

/**
 * Reads what came from outside. Throws ModelError with the given code, the place of the first finding, and in the
 * message up to five findings in plain words.
 */
export function readWith<S extends z.core.$ZodType>(
  schema: S,
  value: unknown,
  document: string,
  code: ModelErrorCode,
  problemsOf: (read: Read<S>) => readonly Problem[],
): Read<S> {
  const version = schemaVersionOf(value);
  if (version !== undefined && version !== SCHEMA_VERSION) {
    // A newer document differs in more than its number; a list of all those differences would only hide the reason.
    const message = `is ${shown(version)}, and this app reads ${SCHEMA_VERSION}`;
    throw refusal([{ path: ['schemaVersion'], message }], document, code);
  }
  const result = z.safeParse(schema, value, { reportInput: true });
  if (!result.success) throw refusal(result.error.issues.map(problemOfIssue), document, code);
  const read = result.data as Read<S>;
  const problems = problemsOf(read);
  if (problems.length > 0) throw refusal(problems, document, code);
  return read;
}

function refusal(problems: readonly Problem[], document: string, code: ModelErrorCode): ModelError {
  const [first, ...rest] = problems;
  const others = rest.slice(0, 4).map(({ path, message }) => `${placeOf(document, path)}: ${message}`);
  const left = rest.length - others.length;
  if (left > 0) others.push(`and ${left} more`);
  const more = others.length > 0 ? ` (also: ${others.join('; ')})` : '';
  return new ModelError(code, placeOf(document, first?.path ?? []), `${first?.message ?? 'cannot be read'}${more}`);
}

/** "manifest" and ['files', 1, 'sha256'] to "manifest.files[1].sha256". */
function placeOf(document: string, path: readonly PropertyKey[]): string {
  return path.reduce<string>(
    (place, key) => (typeof key === 'number' ? `${place}[${key}]` : `${place}.${String(key)}`),
    document,
  );
}

/** zod/mini brings no wording of its own (a language pack is 4 KB); these are the cases that our schemas can raise. */
function problemOfIssue(issue: z.core.$ZodIssue): Problem {
  return { path: issue.path, message: wordsFor(issue) };
}

function wordsFor(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? `is missing; ${issue.expected} expected` : `must be ${issue.expected}`;
    case 'unrecognized_keys':
      return `has keys that this version does not know: ${issue.keys.map(shown).join(', ')}`;
    case 'invalid_value':
      return `must be ${issue.values.map(shown).join(' or ')}${issue.input === undefined ? '' : `, not ${shown(issue.input)}`}`;
    case 'too_big':
      return `is too large: at most ${String(issue.maximum)}`;
    case 'too_small':
      return `is too small: ${issue.inclusive === true ? 'at least' : 'more than'} ${String(issue.minimum)}`;
    case 'invalid_format':
      return issue.message;
    case 'invalid_union':
      return 'fits none of the forms that are known';
    default:
      return issue.message;
  }
}

function shown(value: unknown): string {
  const json = JSON.stringify(value) ?? String(value);
  return json.length > 60 ? `${json.slice(0, 60)}…` : json;
}
