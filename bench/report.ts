import type { Ratio, Summary } from './figures.ts';
import type { Machine } from './machine.ts';

/** What was to be reached, and whether it was. unit: 'ms', '×' or none for counts. */
export type Target = {
  readonly what: string;
  readonly figure: number;
  readonly limit: number;
  readonly unit: string;
};

/** One part of a run: rows to print, targets to judge, and whatever was measured, for the file. */
export type Section = {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** What is to be known about the rows. */
  readonly notes: readonly string[];
  readonly targets: readonly Target[];
  readonly data: unknown;
};

export const ms = (value: number): string => (value < 10 ? value.toFixed(2) : value.toFixed(value < 100 ? 1 : 0));
export const times = ({ median, low, high }: Ratio): string =>
  `${median.toFixed(2)} × (${low.toFixed(2)}–${high.toFixed(2)})`;
export const summaryCells = ({ median, p95, most }: Summary): readonly string[] => [ms(median), ms(p95), ms(most)];

const isReached = ({ figure, limit }: Target): boolean => figure <= limit;

export function wordsOfMachine(machine: Machine): string {
  const { processor, cores, memoryGB, node, browser, versions, load, busyBefore, at } = machine;
  const libraries = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return [
    `${at} · ${processor}, ${cores} cores, ${memoryGB} GB · Chromium ${browser} · Node ${node}`,
    libraries.join(' · '),
    `load average ${load.before.toFixed(2)} before, ${load.after.toFixed(2)} after; others used ` +
      `${Math.round(busyBefore * 100)} % of the processor before the start`,
  ].join('\n');
}

export function wordsOfSection({ title, head, rows, notes }: Section): string {
  return [title, table(head, rows), ...notes.map((note) => `  ${note}`)].join('\n');
}

export function wordsOfTargets(targets: readonly Target[]): string {
  const rows = targets.map((target) => {
    const { what, figure, limit, unit } = target;
    return [isReached(target) ? 'reached' : 'MISSED', what, `${number(figure)} ${unit}`, `≤ ${number(limit)} ${unit}`];
  });
  return ['Targets', table(['', 'what', 'measured', 'to reach'], rows)].join('\n');
}

const number = (value: number): string => (Number.isInteger(value) ? String(value) : value.toFixed(2));

/** Columns as wide as their widest cell; all but the first flush right where they are figures. */
function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, column) => Math.max(title.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const line = (cells: readonly string[]): string =>
    `  ${cells.map((cell, column) => (/^[\d−–.]/.test(cell) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join('   ')}`.trimEnd();
  return [line(head), line(widths.map((width) => '─'.repeat(width))), ...rows.map(line)].join('\n');
}
