/** Pure: what the device remembers of the offer to install. */
export type InstallMemory = {
  /** Letters read, as far as they are counted. */
  readonly answers: number;
  /** It was offered; it is not offered again. */
  readonly offered: boolean;
};

/** Reads what was stored, whoever stored it. Never throws. */
export function readInstallMemory(stored: unknown): InstallMemory {
  if (typeof stored !== 'object' || stored === null) return { answers: 0, offered: false };
  const { answers, offered } = stored as Record<string, unknown>;
  return {
    answers: typeof answers === 'number' && Number.isInteger(answers) && answers > 0 ? answers : 0,
    offered: offered === true,
  };
}
