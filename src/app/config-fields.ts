/**
 * Pure: what single fields of config.json may be. By hand and not by the schema library, which the engine's thread brings
 * already: every first visit would download it a second time, 8 KB, before anything else can begin.
 */
import type { SyncTarget } from '#feedback/sync-contract';
import { isRecord, isString, listOf } from '#inference/guards';

export type Say = (path: readonly string[], message: string) => void;

/** The value, or undefined where it is wrong, which is said. */
export type Field<T> = (given: unknown, path: readonly string[], say: Say) => T | undefined;

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return isRecord(value) && !Array.isArray(value);
}

const checked =
  <T>(is: (given: unknown) => given is T, message: string): Field<T> =>
  (given, path, say) => {
    if (is(given)) return given;
    say(path, message);
    return undefined;
  };

export const onOff = checked((given) => typeof given === 'boolean', 'must be true or false');

/** The words are those of the message, too: "a", "b" or "c". */
export function oneOf<Word extends string>(...words: readonly Word[]): Field<Word> {
  const quoted = words.map((word) => `"${word}"`);
  const told = `${quoted.slice(0, -1).join(', ')} or ${quoted.at(-1)}`;
  return checked((given): given is Word => words.some((word) => word === given), `must be ${told}`);
}

export const schemaVersion = checked((given) => given === 1, 'must be 1: this app reads no other');

/** http(s), or relative to the page: anything else (javascript:, data:, file:) is no place to fetch from. */
export const webAddress: Field<string> = (given, path, say) => {
  if (typeof given !== 'string') return void say(path, 'must be an address');
  if (given === '') return void say(path, 'must not be empty');
  if (given.length > 2000) return void say(path, 'must have 2000 characters at most');
  if (!isWebAddress(given)) return void say(path, 'must be http, https or relative');
  return given;
};

const isTexts = listOf(isString);
const isKey = (given: unknown): boolean => typeof given === 'string' && /^[0-9a-f]{64}$/.test(given);

/** null: those that the build brings. */
export const modelKeys: Field<readonly string[] | null> = (given, path, say) => {
  if (given === null) return null;
  if (!isTexts(given)) return void say(path, 'must be null or a list of keys');
  if (given.length === 0) return void say(path, 'must name a key, or be null');
  if (given.length > 8) return void say(path, 'must name 8 keys at most');
  const wrong = given.findIndex((key) => !isKey(key));
  if (wrong >= 0) return void say([...path, String(wrong)], 'must be 64 lower-case hex digits');
  return given;
};

const profile = oneOf('nginx', 's3', 'presigned');
const app = checked(
  (given): given is string => typeof given === 'string' && /^[a-z0-9-]{1,64}$/.test(given),
  'must be of a-z, 0-9 and -',
);
const capBytes = checked(
  (given): given is number => typeof given === 'number' && Number.isSafeInteger(given) && given >= 10_000,
  'must be whole bytes, 10000 or more',
);
const headers: Field<Readonly<Record<string, string>>> = (given, path, say) => {
  if (!isObject(given)) return void say(path, 'must be an object of texts');
  for (const [name, value] of Object.entries(given)) {
    if (typeof value !== 'string') say([...path, name], 'must be a text');
  }
  return isOfTexts(given) ? given : undefined;
};
const inSync = ['profile', 'baseUrl', 'app', 'headers', 'capBytes', 'gzip'];

/** null: feedback stays on the device. Of a target that is wrong in one part nothing is used. */
export const sync: Field<SyncTarget | null> = (given, path, say) => {
  if (given === null) return null;
  if (!isObject(given) || Object.keys(given).some((key) => !inSync.includes(key))) {
    return void say(path, `must be null, or { ${inSync.join(', ')} }`);
  }
  const part = <T>(name: keyof SyncTarget, read: Field<T>, byDefault?: T): T | undefined =>
    given[name] === undefined && byDefault !== undefined ? byDefault : read(given[name], [...path, name], say);
  const target = {
    profile: part('profile', profile),
    baseUrl: part('baseUrl', webAddress),
    app: part('app', app, 'ktav'),
    headers: part('headers', headers, {}),
    capBytes: part('capBytes', capBytes, 2_000_000),
    gzip: part('gzip', onOff, true),
  };
  return isWhole(target) ? target : undefined;
};

function isWhole<T extends object>(parts: { readonly [Name in keyof T]: T[Name] | undefined }): parts is T {
  return Object.values(parts).every((part) => part !== undefined);
}

function isOfTexts(value: Readonly<Record<string, unknown>>): value is Readonly<Record<string, string>> {
  return isTexts(Object.values(value));
}

function isWebAddress(address: string): boolean {
  try {
    // The base only makes relative ones readable.
    return /^https?:$/.test(new URL(address, 'https://relative.invalid/').protocol);
  } catch {
    return false;
  }
}
