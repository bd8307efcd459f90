/** Pure: how much of a stranger's file is unpacked. Generous for 100 000 records, small for a device. */

export const importLimits = {
  /** Bytes of one line: what fits into a batch. */
  line: 2_000_000,
  /** Bytes of one file of lines, unpacked. */
  part: 1_000_000_000,
  /** Bytes of all of them. */
  whole: 4_000_000_000,
  /** Lines of all of them. */
  lines: 1_000_000,
  /** Files in a ZIP, and bytes of the directory that lists them. */
  entries: 500_000,
  directory: 100_000_000,
  /** Unpacked against packed bytes. Our own lines shrink to a fifth; deflate alone reaches 1 to 1032. */
  ratio: 150,
  /** Below this nothing is a bomb. */
  harmless: 1_000_000,
} as const;

/** Null, or why so many unpacked bytes are too many; for what is declared, and again for what comes. */
export function problemOfSize(size: number, packedSize: number): string | null {
  if (size > importLimits.part) return `unpacks to more than ${importLimits.part} bytes`;
  if (size > importLimits.harmless && size > packedSize * importLimits.ratio)
    return `unpacks to more than ${importLimits.ratio} times its size`;
  return null;
}
