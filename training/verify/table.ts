import type { Report, Row } from './problem.ts';

const HEADINGS = ['model', 'version', 'status', 'file', 'bytes', 'goldens', 'largest error', 'allowed'] as const;

/** What `npm run model:verify` prints. */
export function wordsOfReport({ rows, findings }: Report): string {
  const cells = [[...HEADINGS], ...rows.map(cellsOf)];
  const widths = HEADINGS.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const table = cells.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  const verdict =
    findings.length === 0
      ? [`All ${rows.length} model files are in order.`]
      : [
          `${findings.length} ${findings.length === 1 ? 'thing is' : 'things are'} wrong:`,
          ...findings.map(({ where, what }) => `  ${where}: ${what}`),
        ];
  return [...(rows.length > 0 ? [...table, ''] : []), ...verdict].join('\n');
}

function cellsOf({ model, version, status, file, bytes, goldens, largestError, allowed }: Row): string[] {
  const number = (value: number | null): string => (value === null ? '-' : value === 0 ? '0' : value.toExponential(1));
  return [model, version, status, file, String(bytes), String(goldens), number(largestError), number(allowed)];
}
