import type { Backend } from '#inference/answer';
import type { Language } from './language.ts';

export type Theme = 'system' | 'light' | 'dark';
export type BackendChoice = Backend | 'auto';

/** What a person chose. null: not chosen, the browser decides. */
export type Preferences = {
  readonly language: Language | null;
  readonly theme: Theme;
  /** Touch does not write: set by itself when a stylus first touches the sheet. */
  readonly stylusOnly: boolean;
  readonly backend: BackendChoice;
};

export const defaultPreferences: Preferences = { language: null, theme: 'system', stylusOnly: false, backend: 'auto' };

/**
 * Reads what was stored, whoever stored it: each field by itself, so that one that is broken or from a later
 * version costs only itself. Never throws.
 */
export function readPreferences(stored: unknown): Preferences {
  if (typeof stored !== 'object' || stored === null) return defaultPreferences;
  const field = <Value>(name: keyof Preferences, allowed: readonly Value[], otherwise: Value): Value => {
    const value: unknown = (stored as Record<string, unknown>)[name];
    return allowed.find((one) => one === value) ?? otherwise;
  };
  return {
    language: field<Language | null>('language', ['en', 'he'], null),
    theme: field<Theme>('theme', ['system', 'light', 'dark'], 'system'),
    stylusOnly: field('stylusOnly', [true, false], false),
    backend: field<BackendChoice>('backend', ['auto', 'wasm', 'webgl', 'webgpu'], 'auto'),
  };
}
