/**
 * Pure: records as a table for people who count in a spreadsheet, a line each, as RFC 4180 has it. No pictures, and
 * nothing that the lines of an export do not hold in full.
 */
import type { FeedbackRecord } from './record.ts';

/** A spreadsheet takes a text that begins so for a formula, whatever stands in quotes around it. */
const beginsFormula = /^[=+\-@\t\r\n\0]/;
const needsQuotes = /[",\r\n]/;

/** By column. probability is the most probable label's, 0 to 1, of the answer that the person judged. */
const columns: Readonly<Record<string, (record: FeedbackRecord) => string | number | null>> = {
  id: ({ id }) => id,
  time: ({ time }) => time,
  source: ({ source }) => source,
  verdict: ({ verdict }) => verdict,
  label: ({ label }) => label,
  predicted: ({ prediction }) => prediction.label,
  abstained: ({ prediction }) => prediction.reason,
  probability: ({ prediction }) => prediction.top[0]?.probability ?? null,
  model: ({ receipt }) => receipt.model,
  version: ({ receipt }) => receipt.version,
};

export const tableHead = `${Object.keys(columns).join(',')}\r\n`;

export function tableLine(record: FeedbackRecord): string {
  return `${Object.values(columns)
    .map((cell) => written(cell(record)))
    .join(',')}\r\n`;
}

/** null is an empty cell. What would begin a formula gets an apostrophe before it, and is text. */
function written(cell: string | number | null): string {
  if (typeof cell !== 'string') return cell === null ? '' : String(cell);
  const text = beginsFormula.test(cell) ? `'${cell}` : cell;
  return needsQuotes.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
