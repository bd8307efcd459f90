/** A thin line: what is sent over it waits for what was sent before. Times in milliseconds. */

export type LineSpeed = {
  /** From a request to the first byte of its answer, on a line that is idle. */
  readonly roundTrip: number;
  readonly bytesPerSecond: number;
};

/** 1.6 Mbit/s with 150 ms: the slow line of a phone that Lighthouse means, too. */
export const SLOW: LineSpeed = { roundTrip: 150, bytesPerSecond: 200_000 };

/** As good as none, for whoever shapes the line by himself. */
export const UNSHAPED: LineSpeed = { roundTrip: 0, bytesPerSecond: Number.POSITIVE_INFINITY };

/** A segment of TCP; answers that come side by side share the line in pieces of this size. */
const PIECE = 1460;

/** Takes one piece, and says whether more of the same answer follow. */
type Sender = () => { readonly bytes: number; readonly more: boolean };

/** One line for all connections of a visit. Answers that wait take turns, piece by piece. */
export class Line {
  readonly #speed: LineSpeed;
  readonly #senders = new Set<Sender>();
  /** When the line will have carried what was put on it. */
  #free = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(speed: LineSpeed) {
    this.#speed = speed;
  }

  /** Hands bytes on as they would arrive, until ended() says that nobody listens any more. */
  async send(bytes: Uint8Array, arrived: (piece: Uint8Array) => void, ended: () => boolean): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.#speed.roundTrip));
    if (ended() || bytes.length === 0) return;
    await new Promise<void>((resolve) => {
      let at = 0;
      // A line that was idle has saved nothing up.
      if (this.#senders.size === 0) this.#free = Math.max(this.#free, performance.now());
      this.#senders.add(() => {
        const piece = ended() ? bytes.subarray(0, 0) : bytes.subarray(at, at + PIECE);
        at += piece.length;
        if (piece.length > 0) arrived(piece);
        const more = piece.length > 0 && at < bytes.length;
        if (!more) resolve();
        return { bytes: piece.length, more };
      });
      this.#carry();
    });
  }

  /** Timers are coarse and late: whatever should be there by now arrives at once, and no time is lost. */
  #carry(): void {
    clearTimeout(this.#timer);
    const now = performance.now();
    while (this.#free <= now && this.#senders.size > 0) {
      for (const sender of this.#senders) {
        const { bytes, more } = sender();
        this.#free += (bytes / this.#speed.bytesPerSecond) * 1000;
        if (!more) this.#senders.delete(sender);
      }
    }
    if (this.#senders.size > 0) this.#timer = setTimeout(() => this.#carry(), Math.max(1, this.#free - now));
  }
}
