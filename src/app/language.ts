export type Language = 'en' | 'he';

export const directionOf = (language: Language): 'ltr' | 'rtl' => (language === 'he' ? 'rtl' : 'ltr');

/**
 * Which language to speak: what the address asks for (?lang=), else what was chosen here before, else the first
 * of the browser's languages that there is, else English. 'iw' is what old systems call Hebrew.
 */
export function chooseLanguage(asked: string | null, chosen: Language | null, ofBrowser: readonly string[]): Language {
  const known = asked === null ? null : languageOf(asked);
  if (known !== null) return known;
  if (chosen !== null) return chosen;
  for (const tag of ofBrowser) {
    const language = languageOf(tag);
    if (language !== null) return language;
  }
  return 'en';
}

function languageOf(tag: string): Language | null {
  const primary = tag.toLowerCase().split('-')[0];
  if (primary === 'he' || primary === 'iw') return 'he';
  return primary === 'en' ? 'en' : null;
}
