/** One thing that is wrong with the packages, and where: a path below the models folder. */
export type Finding = { readonly where: string; readonly what: string };

/** A line of the table that `npm run model:verify` prints. */
export type Row = {
  readonly model: string;
  readonly version: string;
  readonly status: string;
  readonly file: string;
  readonly bytes: number;
  /** Largest difference of a logit from the goldens', or null where nothing ran. */
  readonly largestError: number | null;
  /** Largest difference that was allowed. */
  readonly allowed: number | null;
  readonly goldens: number;
};

/** What was seen, good and bad. */
export type Report = { readonly rows: readonly Row[]; readonly findings: readonly Finding[] };

/** The words of an error for a person at a terminal. */
export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
