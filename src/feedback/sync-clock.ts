/** Time and chance as the sender sees them: a test hands in its own. */

export type Clock = {
  /** Epoch milliseconds. May jump, as clocks of phones do. */
  readonly now: () => number;
  /** Calls once after so many milliseconds of waking time; returns what ends it. */
  readonly after: (milliseconds: number, call: () => void) => () => void;
};

/** Beyond this a timer of the browser goes off at once. */
const longest = 2 ** 31 - 1;

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (milliseconds, call) => {
    const timer = setTimeout(call, Math.min(longest, Math.max(0, milliseconds)));
    return () => clearTimeout(timer);
  },
};

/** One appointment at a time: the next one takes the place of the one before. */
export class Alarm {
  #end: () => void = () => undefined;

  constructor(readonly clock: Clock) {}

  set(milliseconds: number, call: () => void): void {
    this.#end();
    this.#end = this.clock.after(milliseconds, call);
  }

  clear(): void {
    this.#end();
  }
}
