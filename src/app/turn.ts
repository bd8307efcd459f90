/** Something that waits for its turn. */
export type Turn = {
  readonly come: Promise<void>;
  readonly now: () => void;
};

/** A turn that comes when now() is said, and by itself after so many milliseconds. */
export function createTurn(patience: number): Turn {
  let now = (): void => {};
  const come = new Promise<void>((resolve) => {
    now = resolve;
  });
  setTimeout(now, patience);
  return { come, now };
}
