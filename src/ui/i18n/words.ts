import type { Language } from '#app/language';
import type { en } from './en/index.ts';

/** All words of the page in one language, by namespace; English says which there are. */
export type Words = { readonly [Name in keyof typeof en]: { readonly [key: string]: unknown } };

/** Each language is a file of its own: a visit needs one of them, and seldom the other. */
export const loadWords = async (language: Language): Promise<Words> =>
  language === 'he' ? (await import('./he/index.ts')).he : (await import('./en/index.ts')).en;
