/** Pure: what the parts of a visit may weigh, and whether a build keeps to it. All in bytes as brotli sends them. */

/** A file of the build: its path, what it weighs, and the files that its code imports before it runs. */
export type Weighed = { readonly path: string; readonly bytes: number; readonly imports: readonly string[] };

/**
 * For each part the files that begin it, by the beginning of their path, and the most that they and all that they import
 * may weigh. What firstVisit loads is aboard already and counts for no other part.
 */
export type Budgets = Readonly<Record<string, { readonly files: readonly string[]; readonly most: number }>>;

export type Part = { readonly name: string; readonly bytes: number; readonly most: number; readonly missing: string[] };

export function weigh(files: readonly Weighed[], budgets: Budgets): readonly Part[] {
  const aboard = new Set((budgets['firstVisit']?.files ?? []).flatMap((start) => [...closureOf(files, start)]));
  return Object.entries(budgets).map(([name, { files: starts, most }]) => {
    const own = new Set(starts.flatMap((start) => [...closureOf(files, start)]));
    const counted = [...own].filter(
      (file) => name === 'firstVisit' || starts.some((s) => file.path.startsWith(s)) || !aboard.has(file),
    );
    const bytes = counted.reduce((sum, file) => sum + file.bytes, 0);
    // A part that is not found would weigh nothing, and keep to every budget.
    return { name, bytes, most, missing: starts.filter((start) => !files.some(({ path }) => path.startsWith(start))) };
  });
}

export const isWithin = ({ bytes, most, missing }: Part): boolean => bytes <= most && missing.length === 0;

function closureOf(files: readonly Weighed[], start: string): ReadonlySet<Weighed> {
  const found = new Set<Weighed>();
  const waiting = files.filter(({ path }) => path.startsWith(start));
  for (let file = waiting.pop(); file !== undefined; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    const { imports } = file;
    waiting.push(...files.filter(({ path }) => imports.includes(path)));
  }
  return found;
}
