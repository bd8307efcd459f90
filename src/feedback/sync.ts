/** The sender: decides when a round is run, sees that one tab runs it, and says how it went. */
import type { BackoffLimits } from './backoff.ts';
import { waitAfter } from './backoff.ts';
import type { Hash } from './batch.ts';
import { OutboxError } from './outbox.ts';
import type { Outbox } from './outbox.ts';
import type { Fetch, PutLimits } from './put.ts';
import type { RoundEnd } from './round.ts';
import { nextOffer, runRound } from './round.ts';
import type { Clock } from './sync-clock.ts';
import { Alarm } from './sync-clock.ts';
import { Errands } from './sync-errand.ts';
import type { Sync, SyncProblem, SyncState, SyncTarget } from './sync-contract.ts';

/** online: the network is another one now. visible: someone looks. connection: its kind or its price has changed. */
export type Wake = 'online' | 'visible' | 'connection';

/** Milliseconds. afterSave: several corrections in a row make one batch. elsewhere: before another tab is asked for again. */
export type SyncTimings = {
  readonly afterSave: number;
  readonly elsewhere: number;
  readonly put: PutLimits;
  readonly backoff: BackoffLimits;
};

/** Runs the task under a lock that one page of the device has; gives false at once, without running it, where another has it. */
export type OnlyOne = (task: () => Promise<void>) => Promise<boolean>;

export type SyncParts = {
  readonly outbox: Outbox;
  readonly fetch: Fetch;
  readonly hash: Hash;
  readonly onlyOne: OnlyOne;
  readonly clock: Clock;
  /** 0 ≤ x < 1. */
  readonly random: () => number;
  readonly isOnline: () => boolean;
  /** By the kilobyte, or wished to be spared, as far as the browser says so. */
  readonly isMetered: () => boolean;
  readonly onWake: (listener: (why: Wake) => void) => () => void;
  /** Where the browser can, has it wake the service worker once there is a network; leave: before that. */
  readonly askBackground: (leave: () => Promise<void>) => Promise<void>;
  readonly timings: SyncTimings;
};

const quarterDay = 21_600_000;

export const createSync = (parts: SyncParts): Sync => new Sender(parts);

class Sender implements Sync {
  #state: SyncState = { phase: 'off', done: 0, total: 0, nextTry: null, lastSent: null, problem: null };
  #target: SyncTarget | null = null;
  #wishes = { allowed: false, unmeteredOnly: false };
  #running: Promise<void> | null = null;
  #abort = new AbortController();
  #failures = 0;
  #askedToWait = false;
  #undo: (() => void)[] = [];
  #started = false;
  readonly #failuresOf = new Map<string, number>();
  readonly #listeners = new Set<(state: SyncState) => void>();
  readonly #saved: Alarm;
  readonly #retry: Alarm;
  readonly #errands: Errands;

  constructor(readonly parts: SyncParts) {
    this.#saved = new Alarm(parts.clock);
    this.#retry = new Alarm(parts.clock);
    this.#errands = new Errands(parts);
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    void this.#errands.takeBack();
    this.#undo = [this.parts.outbox.subscribe(() => this.#soon()), this.parts.onWake((why) => this.#wake(why))];
    this.#byItself();
  }

  async now(): Promise<SyncState> {
    // Whoever asks while a round runs has saved something since it began.
    while (this.#running !== null) await this.#running;
    await this.#run(true);
    return this.#state;
  }

  cancel(): void {
    this.#abort.abort();
    this.#retry.clear();
    // What was saved before the person said no is meant, too.
    this.#saved.clear();
    // Or no later save would be sent before a person asks.
    this.#failures = 0;
    this.#publish({ nextTry: null });
  }

  state(): SyncState {
    return this.#state;
  }

  subscribe(listener: (state: SyncState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  configure(target: SyncTarget | null, wishes: { readonly allowed: boolean; readonly unmeteredOnly: boolean }): void {
    if (JSON.stringify([target, wishes]) === JSON.stringify([this.#target, this.#wishes])) return;
    this.#target = target;
    this.#wishes = wishes;
    // What runs goes to where it must not go any more; so does what was left to the service worker.
    this.cancel();
    void this.#errands.takeBack();
    this.#askedToWait = false;
    const off = target === null || !wishes.allowed;
    if (this.#running === null) this.#publish({ phase: off ? 'off' : 'resting', problem: null });
    if (!off) this.#soon();
  }

  close(): void {
    this.#started = false;
    this.#abort.abort();
    this.#saved.clear();
    this.#retry.clear();
    for (const undo of this.#undo.splice(0)) undo();
    this.#listeners.clear();
  }

  #wake(why: Wake): void {
    if (why === 'online' && !this.#askedToWait) this.#failures = 0;
    this.#soon();
  }

  /** A little later, so that what comes together goes together; not while a wait is on. */
  #soon(): void {
    if (!this.#started) return;
    this.#saved.set(this.parts.timings.afterSave, () => {
      if (this.#failures === 0) this.#byItself();
    });
  }

  #byItself(): void {
    if (!this.#started) return;
    // The round that runs has an end; what came meanwhile goes after it.
    if (this.#running === null) void this.#run(false);
    else this.#soon();
  }

  #run(byHand: boolean): Promise<void> {
    const running = this.#attempt(byHand).finally(() => {
      if (this.#running === running) this.#running = null;
    });
    this.#running = running;
    return running;
  }

  async #attempt(byHand: boolean): Promise<void> {
    const target = this.#target;
    this.#retry.clear();
    if (target === null || !this.#wishes.allowed) {
      return this.#publish({ phase: 'off', nextTry: null, problem: null });
    }
    const obstacle = this.#obstacle(byHand);
    if (obstacle !== null) {
      // No timer: the browser says when this is over.
      this.#publish({ phase: 'resting', nextTry: null, problem: obstacle });
      return obstacle.kind === 'offline' ? this.#leaveToBackground(target) : undefined;
    }
    this.#abort = new AbortController();
    const { signal } = this.#abort;
    try {
      let end: RoundEnd | null = null;
      const mine = await this.parts.onlyOne(async () => {
        await this.#errands.takeBack();
        end = await runRound(signal, this.#roundParts(), target, byHand);
      });
      if (mine) await this.#settle(end, target);
      else this.#again(this.parts.timings.elsewhere, { phase: 'elsewhere' });
    } catch (cause) {
      const reason = cause instanceof OutboxError ? cause.code : `internal: ${String(cause)}`;
      this.#failed({ kind: 'storage', reason }, null);
    }
  }

  #obstacle(byHand: boolean): SyncProblem | null {
    const { isOnline, isMetered } = this.parts;
    // Browsers err about being offline, too: a person who asks is believed.
    if (!byHand && !isOnline()) return { kind: 'offline' };
    return this.#wishes.unmeteredOnly && isMetered() ? { kind: 'metered' } : null;
  }

  #roundParts() {
    const { outbox, fetch, hash, clock, timings } = this.parts;
    return {
      outbox,
      hash,
      put: { fetch, clock, limits: timings.put },
      failures: this.#failuresOf,
      // Only now: a round that finds nothing to do says nothing.
      onProgress: (done: number, total: number) => this.#publish({ phase: 'sending', done, total, nextTry: null }),
    };
  }

  async #settle(end: RoundEnd | null, target: SyncTarget): Promise<void> {
    if (end === null) return;
    const lastSent = end.lastSent ?? this.#state.lastSent;
    if (end.cancelled) {
      const off = this.#target === null || !this.#wishes.allowed;
      return this.#publish({ phase: off ? 'off' : 'resting', lastSent, problem: null });
    }
    this.#publish({ lastSent });
    if (end.problem?.kind === 'unreachable') {
      this.#failed(end.problem, end.retryAfter);
      return this.#leaveToBackground(target);
    }
    this.#failures = 0;
    this.#askedToWait = false;
    this.#publish({ phase: 'resting', nextTry: null, problem: end.problem });
    const offer = nextOffer(await this.parts.outbox.batches());
    // A page that stays open for days; not told as a next try, since nothing is owed. What is late was tried just now.
    if (offer !== null && this.#started) {
      const wait = Math.min(quarterDay, Math.max(quarterDay / 6, offer - this.parts.clock.now()));
      this.#retry.set(wait, () => this.#byItself());
    }
  }

  #failed(problem: SyncProblem, retryAfter: number | null): void {
    this.#failures++;
    this.#askedToWait = retryAfter !== null;
    const { random, timings } = this.parts;
    this.#again(waitAfter(this.#failures, retryAfter, random, timings.backoff), { phase: 'resting', problem });
  }

  #leaveToBackground(target: SyncTarget): Promise<void> {
    const isMeant = (): boolean => this.#target === target && this.#wishes.allowed;
    return this.#errands.leave(this.#roundParts(), { ...this.#wishes, target, isMeant });
  }

  #again(wait: number, state: Partial<SyncState>): void {
    if (!this.#started) return this.#publish({ ...state, nextTry: null });
    this.#retry.set(wait, () => this.#byItself());
    this.#publish({ ...state, nextTry: this.parts.clock.now() + wait });
  }

  #publish(change: Partial<SyncState>): void {
    const next = { ...this.#state, ...change };
    if (JSON.stringify(next) === JSON.stringify(this.#state)) return;
    this.#state = next;
    for (const listener of this.#listeners) listener(next);
  }
}
