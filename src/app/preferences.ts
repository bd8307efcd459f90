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
  /** Whether every answer asks if it was right. */
  readonly feedback: boolean;
  /** Where records may go, as the person agreed to it (destinationOf): '' is nowhere; null: never asked, or not agreed. */
  readonly feedbackConsent: string | null;
  /** Whether the sheet is cleared once the answer to it was judged. */
  readonly feedbackAdvance: boolean;
  /** Whether records wait for a connection that is not counted. */
  readonly unmeteredOnly: boolean;
};

export const defaultPreferences: Preferences = {
  language: null,
  theme: 'system',
  stylusOnly: false,
  backend: 'auto',
  feedback: false,
  feedbackConsent: null,
  feedbackAdvance: false,
  unmeteredOnly: false,
};

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
  const consent: unknown = (stored as Record<string, unknown>)['feedbackConsent'];
  return {
    language: field<Language | null>('language', ['en', 'he'], null),
    theme: field<Theme>('theme', ['system', 'light', 'dark'], 'system'),
    stylusOnly: field('stylusOnly', [true, false], false),
    backend: field<BackendChoice>('backend', ['auto', 'wasm', 'webgl', 'webgpu'], 'auto'),
    feedback: field('feedback', [true, false], false),
    feedbackConsent: typeof consent === 'string' ? consent : null,
    feedbackAdvance: field('feedbackAdvance', [true, false], false),
    unmeteredOnly: field('unmeteredOnly', [true, false], false),
  };
}
