/** Pure: when the server may be asked for what is newer, on a device that has all it needs to answer. */

/** Without an answer for this long the person has paused. */
const PAUSE_MS = 1000;
/** What the server has to say (newer versions, the kill switch) is heard this long after the start at the latest. */
const LATEST_MS = 3000;

export type Calm = {
  /** Resolves after the first answer, in a pause; or when it was waited for long enough. */
  readonly come: Promise<void>;
  /** Say so at every answer. */
  readonly answered: () => void;
};

/** From now on. */
export function createCalm(): Calm {
  let resolve = (): void => undefined;
  const come = new Promise<void>((settle) => (resolve = settle));
  setTimeout(() => resolve(), LATEST_MS);
  let pause: ReturnType<typeof setTimeout> | undefined;
  return {
    come,
    answered() {
      clearTimeout(pause);
      pause = setTimeout(() => resolve(), PAUSE_MS);
    },
  };
}
