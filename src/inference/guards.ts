/** Pure: is a value that came from outside of the shape that is asked for? What every guard of the protocol is made of. */

type Guard<T> = (value: unknown) => value is T;

export function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
export const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
export const isId = (value: unknown): value is number => isNumber(value) && Number.isInteger(value) && value >= 0;
export const isString = (value: unknown): value is string => typeof value === 'string';
export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean';
export const orNull =
  <T>(guard: Guard<T>) =>
  (value: unknown): value is T | null =>
    value === null || guard(value);
export const listOf =
  <T>(guard: Guard<T>) =>
  (value: unknown): value is readonly T[] =>
    Array.isArray(value) && value.every(guard);
export const hasNumbers = (value: unknown, ...keys: readonly string[]): boolean =>
  isRecord(value) && keys.every((key) => isNumber(value[key]));
