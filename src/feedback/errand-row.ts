/** Pure: an errand as it was found. By hand and not by the schema library, which the service worker does without. */
import type { Delivery, Errand } from './errand.ts';
import type { Batch } from './outbox.ts';

/** Null for anything but an errand of this version. */
export function errandIn(row: unknown): Errand | null {
  if (!isObject(row) || row['version'] !== 1 || typeof row['unmeteredOnly'] !== 'boolean') return null;
  const { target, unmeteredOnly, names, sent } = row;
  if (!isObject(target) || !isListOf(names, isText) || !isListOf(sent, isDelivery)) return null;
  const { profile, baseUrl, app, headers } = target;
  if (profile !== 'nginx' && profile !== 's3' && profile !== 'presigned') return null;
  if (!isText(baseUrl) || !isText(app) || !isTexts(headers)) return null;
  return { version: 1, target: { profile, baseUrl, app, headers }, unmeteredOnly, names, sent };
}

/** head, bytes: rows of the outbox. Null for a batch that is not due, or is none. */
export function dueBatchIn(head: unknown, bytes: unknown): Pick<Batch, 'name' | 'date' | 'gzip' | 'bytes'> | null {
  if (!isObject(head) || !isObject(head['state']) || head['state']['kind'] !== 'due') return null;
  const { name, date, gzip } = head;
  if (!isText(name) || !isText(date) || typeof gzip !== 'boolean' || !(bytes instanceof ArrayBuffer)) return null;
  return { name, date, gzip, bytes: new Uint8Array(bytes) };
}

type Fields = Readonly<Record<string, unknown>>;
const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string';
const isTexts = (value: unknown): value is Readonly<Record<string, string>> =>
  isObject(value) && Object.values(value).every(isText);
const isDelivery = (value: unknown): value is Delivery =>
  isObject(value) && isText(value['name']) && typeof value['at'] === 'number';
const isListOf = <T>(value: unknown, is: (one: unknown) => one is T): value is readonly T[] =>
  Array.isArray(value) && value.every(is);
