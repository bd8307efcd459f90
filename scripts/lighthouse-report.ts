/** Pure: what is read of a report of Lighthouse. */
import * as z from 'zod/mini';

export const categories = ['performance', 'accessibility', 'best-practices', 'seo'] as const;

/** 0 to 100. */
export type Marks = Readonly<Record<(typeof categories)[number], number>>;

export type Report = {
  readonly marks: Marks;
  /** Audits that count and were not passed whole. */
  readonly costly: readonly { readonly id: string; readonly says: string }[];
  /** The measured figures behind the mark for performance, in words. */
  readonly figures: string;
};

const Category = z.object({
  score: z.number('gave no mark'),
  auditRefs: z.array(z.object({ id: z.string(), weight: z.number() })),
});
const Audit = z.object({ score: z.nullable(z.number()), title: z.string(), displayValue: z.optional(z.string()) });
const File = z.object({ categories: z.record(z.enum(categories), Category), audits: z.record(z.string(), Audit) });

const figures = {
  FCP: 'first-contentful-paint',
  LCP: 'largest-contentful-paint',
  TBT: 'total-blocking-time',
  CLS: 'cumulative-layout-shift',
  SI: 'speed-index',
};

/** Throws ZodError where it is no report, or Lighthouse could not measure: then there is no mark. */
export function readReport(value: unknown): Report {
  const { categories: marked, audits } = z.parse(File, value);
  const marks = Object.fromEntries(categories.map((name) => [name, Math.round(marked[name].score * 100)])) as Marks;
  const counting = categories.flatMap((name) => marked[name].auditRefs).filter(({ weight }) => weight > 0);
  const costly = [...new Set(counting.map(({ id }) => id))].flatMap((id) => {
    const audit = audits[id];
    if (audit === undefined || audit.score === null || audit.score === 1) return [];
    return [{ id, says: `${audit.title} ${audit.displayValue ?? ''} (${audit.score})` }];
  });
  const told = Object.entries(figures).map(([name, id]) => `${name} ${audits[id]?.displayValue ?? 'unknown'}`);
  return { marks, costly, figures: told.join(', ') };
}
