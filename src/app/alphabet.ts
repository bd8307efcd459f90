/**
 * The 27 letters that the first model reads, in the order of the alphabet with each final form behind its letter.
 * label is the model's word for it; how a label that is not in this list is shown stands in label-face.ts.
 */
export type Letter = {
  readonly label: string;
  readonly char: string;
  /** The name in each language of the page; the Hebrew one with its vowels. */
  readonly names: { readonly en: string; readonly he: string };
  /** Label of the form that this letter takes at the end of a word. */
  readonly finalForm: string | null;
  /** Label of the letter whose final form this is. */
  readonly baseForm: string | null;
};

const rows: readonly (readonly [label: string, char: string, en: string, he: string])[] = [
  ['alef', 'א', 'Alef', 'אָלֶף'],
  ['bet', 'ב', 'Bet', 'בֵּית'],
  ['gimel', 'ג', 'Gimel', 'גִּימֶל'],
  ['dalet', 'ד', 'Dalet', 'דָּלֶת'],
  ['he', 'ה', 'He', 'הֵא'],
  ['vav', 'ו', 'Vav', 'וָו'],
  ['zayin', 'ז', 'Zayin', 'זַיִן'],
  ['het', 'ח', 'Het', 'חֵית'],
  ['tet', 'ט', 'Tet', 'טֵית'],
  ['yod', 'י', 'Yod', 'יוֹד'],
  ['kaf', 'כ', 'Kaf', 'כָּף'],
  ['final-kaf', 'ך', 'Final kaf', 'כָּף סוֹפִית'],
  ['lamed', 'ל', 'Lamed', 'לָמֶד'],
  ['mem', 'מ', 'Mem', 'מֵם'],
  ['final-mem', 'ם', 'Final mem', 'מֵם סוֹפִית'],
  ['nun', 'נ', 'Nun', 'נוּן'],
  ['final-nun', 'ן', 'Final nun', 'נוּן סוֹפִית'],
  ['samekh', 'ס', 'Samekh', 'סָמֶךְ'],
  ['ayin', 'ע', 'Ayin', 'עַיִן'],
  ['pe', 'פ', 'Pe', 'פֵּא'],
  ['final-pe', 'ף', 'Final pe', 'פֵּא סוֹפִית'],
  ['tsadi', 'צ', 'Tsadi', 'צָדִי'],
  ['final-tsadi', 'ץ', 'Final tsadi', 'צָדִי סוֹפִית'],
  ['qof', 'ק', 'Qof', 'קוֹף'],
  ['resh', 'ר', 'Resh', 'רֵישׁ'],
  ['shin', 'ש', 'Shin', 'שִׁין'],
  ['tav', 'ת', 'Tav', 'תָּו'],
];

const labels = new Set(rows.map(([label]) => label));

export const alphabet: readonly Letter[] = rows.map(([label, char, en, he]) => ({
  label,
  char,
  names: { en, he },
  finalForm: labels.has(`final-${label}`) ? `final-${label}` : null,
  baseForm: label.startsWith('final-') ? label.slice('final-'.length) : null,
}));

const byLabel: ReadonlyMap<string, Letter> = new Map(alphabet.map((letter) => [letter.label, letter]));

/** The letter that a model means by a label, or null when the model reads something else than these. */
export function letterOf(label: string): Letter | null {
  return byLabel.get(label) ?? null;
}
