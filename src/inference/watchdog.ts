/** Pure: when silence of the worker means that it hangs. */

/** The limit is divided into this many looks. */
const LOOKS = 10;

export type Watchdog = {
  /** Every limit / LOOKS milliseconds, while something is due: true when the silence has lasted for the limit. */
  readonly look: () => boolean;
  /** The worker's event loop turns (a pong). Counts only while it downloads or tests, which may take as long as it takes. */
  readonly alive: () => void;
  /** Something got done: an answer, an error, a new status, a part of a picture. */
  readonly progress: () => void;
  /** Whether the worker is ready, so that only progress counts from here on. */
  readonly setReady: (ready: boolean) => void;
};

/**
 * Counts looks, not time: after a laptop slept, or in a tab whose timers are throttled, the clock has jumped but
 * the worker had no more chance to answer than the page had to look.
 */
export function createWatchdog(): Watchdog {
  let silentLooks = 0;
  let ready = false;
  return {
    look: () => ++silentLooks >= LOOKS,
    alive: () => {
      if (!ready) silentLooks = 0;
    },
    progress: () => {
      silentLooks = 0;
    },
    setReady: (value) => {
      ready = value;
    },
  };
}

/** Milliseconds between two looks. */
export const lookInterval = (limit: number): number => limit / LOOKS;
