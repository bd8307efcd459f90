/**
 * One round of sending: what is due goes out, then what waits is sealed and goes out, batch by batch. Every step is
 * committed before the next begins, and none is held open over the network: a crash between any two leaves a batch
 * that is due, and sending it again is the same object.
 */
import type { Hash } from './batch.ts';
import { batchOf, draftOf, isOversize } from './batch.ts';
import type { BatchHead, Outbox } from './outbox.ts';
import type { PutParts } from './put.ts';
import { put } from './put.ts';
import type { SyncProblem, SyncTarget } from './sync-contract.ts';

const dayMs = 86_400_000;
/** A store that lost what it had not flushed has come up again by then. */
const offerAfter = dayMs;
/** So long is a target's refusal of a second offer put up with, before the first delivery is taken for good. */
const keepFor = 7 * dayMs;
/** So many failures in a row, and the rest would only fail too. */
const mostFailures = 3;
/** Lines read at once: enough for 2 MB of drawn letters. */
const linesAtOnce = 300;
/** A person who changes records faster than they are sealed is waited for. */
const sealAttempts = 5;

export type RoundParts = {
  readonly outbox: Outbox;
  readonly put: PutParts;
  readonly hash: Hash;
  /** How often each batch failed since the page was opened, by name: one that always fails stands behind the others. */
  readonly failures: Map<string, number>;
  readonly onProgress: (done: number, total: number) => void;
};

export type RoundEnd = {
  readonly problem: SyncProblem | null;
  readonly retryAfter: number | null;
  readonly cancelled: boolean;
  readonly lastSent: number | null;
};

/** retryParked: what was refused is offered too, as a person asks for who has mended the target. Rejects with OutboxError. */
export async function runRound(
  signal: AbortSignal,
  parts: RoundParts,
  target: SyncTarget,
  retryParked: boolean,
): Promise<RoundEnd> {
  const round = new Round(signal, parts, target);
  const heads = await tidied(parts);
  const parked = retryParked ? heads.filter(({ state }) => state.kind === 'parked') : [];
  const due = heads.filter(({ state }) => state.kind === 'due');
  const failed = (head: BatchHead): number => parts.failures.get(head.name) ?? 0;
  due.sort((a, b) => failed(a) - failed(b));
  await round.sendAll([...due, ...parked]);
  while (!round.isOver) {
    const sealed = await sealNext(parts, target);
    if (sealed === null) break;
    await round.sendAll([sealed]);
  }
  // Last, since they have been delivered once.
  await round.sendAll(heads.filter((head) => isToOffer(head, parts.put.clock.now())));
  return round.end();
}

/**
 * Seals what waits, for whoever sends it when this page is gone. Resolves with the names of all that is due, each of which
 * its second copy has: its bytes were asked for.
 */
export async function sealAll(parts: RoundParts, target: SyncTarget): Promise<readonly string[]> {
  while ((await sealNext(parts, target)) !== null);
  const due = (await parts.outbox.batches()).filter(({ state }) => state.kind === 'due');
  const names: string[] = [];
  for (const { name } of due) if ((await parts.outbox.bytesOf(name)) !== null) names.push(name);
  return names;
}

/** Epoch milliseconds at which the next delivered batch is to be offered again; null where there is none. */
export function nextOffer(heads: readonly BatchHead[]): number | null {
  const times = heads.flatMap(({ state }) => (state.kind === 'delivered' ? [state.at + offerAfter] : []));
  return times.length === 0 ? null : Math.min(...times);
}

function isToOffer({ state }: BatchHead, now: number): boolean {
  // A delivery in the future: the clock was wrong then, or is now. Once more does no harm.
  return state.kind === 'delivered' && (now - state.at >= offerAfter || state.at > now);
}

/** Forgets what was delivered and offered again. */
async function tidied({ outbox, failures }: RoundParts): Promise<readonly BatchHead[]> {
  const heads = await outbox.batches();
  for (const { name, state } of heads) {
    if (state.kind !== 'offered') continue;
    await outbox.forget(name);
    failures.delete(name);
  }
  return heads.filter(({ state }) => state.kind !== 'offered');
}

/** Null where nothing waits, or what waits is being changed all the time. */
async function sealNext({ outbox, hash, put }: RoundParts, target: SyncTarget): Promise<BatchHead | null> {
  for (let attempt = 0; attempt < sealAttempts; attempt++) {
    const draft = draftOf(await outbox.waiting(linesAtOnce), target.capBytes);
    if (draft === null) return null;
    const batch = await batchOf(draft, target.gzip, put.clock.now(), hash);
    const { bytes, ...head } = batch;
    if (await outbox.seal(batch)) return { ...head, size: bytes.length, state: { kind: 'due' } };
  }
  return null;
}

class Round {
  #done = 0;
  #total = 0;
  #inARow = 0;
  #stopped = false;
  #problem: SyncProblem | null = null;
  #retryAfter: number | null = null;
  #lastSent: number | null = null;

  constructor(
    readonly signal: AbortSignal,
    readonly parts: RoundParts,
    readonly target: SyncTarget,
  ) {}

  get isOver(): boolean {
    return this.#stopped || this.signal.aborted;
  }

  async sendAll(heads: readonly BatchHead[]): Promise<void> {
    if (this.isOver || heads.length === 0) return;
    this.#total += heads.length;
    this.parts.onProgress(this.#done, this.#total);
    for (const head of heads) {
      if (this.isOver) return;
      await this.#send(head);
      this.parts.onProgress(this.#done, this.#total);
    }
  }

  end(): RoundEnd {
    return {
      problem: this.#problem,
      retryAfter: this.#retryAfter,
      cancelled: this.signal.aborted,
      lastSent: this.#lastSent,
    };
  }

  async #send(head: BatchHead): Promise<void> {
    const { outbox, put: putParts, failures } = this.parts;
    const at = putParts.clock.now();
    if (head.state.kind !== 'delivered' && isOversize(head, this.target.capBytes)) {
      const reason = `too-large: this record has ${head.size} bytes, and a batch ${this.target.capBytes} at most`;
      this.#problem ??= { kind: 'refused', status: 0, reason };
      return outbox.mark(head.name, { kind: 'parked', at, status: 0, reason });
    }
    const bytes = await outbox.bytesOf(head.name);
    // Deleted by the person while the round ran.
    if (bytes === null) return;
    const outcome = await put(this.signal, putParts, this.target, head, bytes);
    if (outcome.kind === 'cancelled') return;
    if (outcome.kind === 'forbidden') {
      // It holds for all that would follow, as long as this page is open.
      this.#problem = { kind: 'forbidden' };
      this.#stopped = true;
      return;
    }
    if (outcome.kind === 'later') {
      failures.set(head.name, (failures.get(head.name) ?? 0) + 1);
      this.#inARow++;
      this.#problem = { kind: 'unreachable', status: outcome.status };
      this.#retryAfter = outcome.retryAfter;
      this.#stopped = outcome.retryAfter !== null || outcome.status === 429 || this.#inARow >= mostFailures;
      return;
    }
    this.#inARow = 0;
    if (outcome.kind === 'delivered') {
      this.#done++;
      this.#lastSent = putParts.clock.now();
      const again = head.state.kind === 'delivered';
      return outbox.mark(head.name, { kind: again ? 'offered' : 'delivered', at: this.#lastSent });
    }
    const { status, reason } = outcome;
    if (head.state.kind !== 'delivered') {
      this.#problem ??= { kind: 'refused', status, reason };
      return outbox.mark(head.name, { kind: 'parked', at, status, reason });
    }
    // It was taken once, so its records stay sent; a target that has since closed is not asked for ever.
    if (at - head.state.at >= keepFor) return outbox.mark(head.name, { kind: 'offered', at });
  }
}
