/** The same keys with any words: what a translation of Source has to be. A missing or surplus key does not compile. */
export type TranslationOf<Source> = {
  readonly [Key in keyof Source]: Source[Key] extends string ? string : TranslationOf<Source[Key]>;
};
