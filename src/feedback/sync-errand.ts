/** The page's side of what it leaves to the service worker. */
import type { Outbox } from './outbox.ts';
import type { RoundParts } from './round.ts';
import { sealAll } from './round.ts';
import type { SyncParts } from './sync.ts';
import type { SyncTarget } from './sync-contract.ts';

type Parts = Pick<SyncParts, 'outbox' | 'onlyOne' | 'askBackground'>;
type ErrandWish = {
  readonly target: SyncTarget;
  readonly unmeteredOnly: boolean;
  /** Whether the person still allows it, and to that place. */
  readonly isMeant: () => boolean;
};

export class Errands {
  readonly #parts: Parts;
  #taking: Promise<void> = Promise.resolve();

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Seals what waits and has the browser wake the service worker for it, where it can. What cannot be left there is sent by
   * the next visit, as in a browser that has no such thing.
   */
  async leave(round: RoundParts, wish: ErrandWish): Promise<void> {
    const { outbox, onlyOne, askBackground } = this.#parts;
    const leave = async (): Promise<void> => {
      await onlyOne(() => leaveErrand(outbox, round, wish));
      // The person may have said no while it was written.
      if (!wish.isMeant()) await outbox.takeErrand();
    };
    await askBackground(leave).catch(() => undefined);
  }

  /**
   * Ends the errand, and marks what the service worker has delivered on it. Needs no lock: a no is to be heard at once. Where
   * the outbox fails, whoever asks it next is told.
   */
  takeBack(): Promise<void> {
    this.#taking = this.#taking.then(() => takeBack(this.#parts.outbox)).catch(() => undefined);
    return this.#taking;
  }
}

async function leaveErrand(outbox: Outbox, round: RoundParts, wish: ErrandWish): Promise<void> {
  const { target, unmeteredOnly, isMeant } = wish;
  const names = await sealAll(round, target);
  if (names.length === 0 || !isMeant()) return;
  const { profile, baseUrl, app, headers } = target;
  await outbox.leaveErrand({
    version: 1,
    target: { profile, baseUrl, app, headers },
    unmeteredOnly,
    names,
    sent: [],
  });
}

async function takeBack(outbox: Outbox): Promise<void> {
  const sent = new Map((await outbox.takeErrand()).map(({ name, at }) => [name, at]));
  if (sent.size === 0) return;
  for (const { name, state } of await outbox.batches()) {
    const at = sent.get(name);
    if (at !== undefined && state.kind === 'due') await outbox.mark(name, { kind: 'delivered', at });
  }
}
