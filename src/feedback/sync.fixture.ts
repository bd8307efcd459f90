import { createHash } from 'node:crypto';
import { memoryOutbox } from './memory-outbox.ts';
import type { Outbox } from './outbox.ts';
import { ForbiddenError } from './policy.ts';
import type { Fetch } from './put.ts';
import { drawnRecord } from './record.fixture.ts';
import { createSync } from './sync.ts';
import type { Wake, SyncParts } from './sync.ts';
import type { Clock } from './sync-clock.ts';
import { syncTimings } from './sync-parts.ts';
import type { SyncTarget } from './sync-contract.ts';
import { lineFromJson } from './wire.ts';

export const target: SyncTarget = {
  profile: 's3',
  baseUrl: 'https://store.example',
  app: 'ktav',
  headers: {},
  capBytes: 20_000,
  gzip: false,
};
export const allowed = { allowed: true, unmeteredOnly: false };
const hash = async (bytes: Uint8Array): Promise<string> => createHash('sha256').update(bytes).digest('hex');
/** 700 bytes as a line. */
export const small = (millisecond: number) => drawnRecord(millisecond, { seen: null });

/** Lets everything happen that waits for nothing but its turn. */
export const settle = (): Promise<void> => new Promise((done) => setImmediate(done));

/** Stands still until it is told to go on. */
class TestClock implements Clock {
  time = Date.parse('2026-11-21T09:00:00Z');
  readonly #timers = new Map<object, { at: number; call: () => void }>();
  /** Of waking time: a wall clock may jump, timers do not. */
  #awake = 0;

  now = (): number => this.time;
  after = (milliseconds: number, call: () => void): (() => void) => {
    const key = {};
    this.#timers.set(key, { at: this.#awake + milliseconds, call });
    return () => void this.#timers.delete(key);
  };

  async pass(milliseconds: number): Promise<void> {
    const end = this.#awake + milliseconds;
    for (;;) {
      await settle();
      const [next] = [...this.#timers].filter(([, { at }]) => at <= end).toSorted(([, a], [, b]) => a.at - b.at);
      if (next === undefined) break;
      const [key, { at, call }] = next;
      this.#timers.delete(key);
      this.time += at - this.#awake;
      this.#awake = at;
      call();
    }
    this.time += end - this.#awake;
    this.#awake = end;
  }
}

/** What becomes of one PUT. lost: stored, and the answer never comes. */
export type Fault = 'ok' | 'reset' | 'lost' | 'hang' | 'forbidden' | number;

/** A store that creates objects and never overwrites, behind the signature of fetch. */
class ObjectStore {
  readonly objects = new Map<string, Uint8Array>();
  /** Every PUT that reached it, by path. */
  readonly asked: string[] = [];
  fault: (path: string) => Fault = () => 'ok';
  retryAfter: string | null = null;

  fetch: Fetch = async (url, { body, signal }) => {
    const path = new URL(url).pathname;
    this.asked.push(path);
    const fault = this.fault(path);
    if (fault === 'forbidden') throw new ForbiddenError(url);
    if (fault === 'reset') throw new TypeError('Failed to fetch');
    if (fault === 'hang') {
      await new Promise((_, reject) =>
        signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))),
      );
    }
    if (typeof fault === 'number') {
      return new Response('why not', {
        status: fault,
        headers: this.retryAfter === null ? {} : { 'Retry-After': this.retryAfter },
      });
    }
    const there = this.objects.has(path);
    if (!there && body instanceof Uint8Array) this.objects.set(path, new Uint8Array(body));
    if (fault === 'lost') throw new TypeError('Failed to fetch');
    return new Response(null, { status: there ? 412 : 200 });
  };

  lines() {
    return [...this.objects.values()].flatMap((bytes) =>
      new TextDecoder().decode(bytes).trimEnd().split('\n').map(lineFromJson),
    );
  }
}

/** One device with its store, its clock and its lock; parts() is what a page of it gets. */
export class Device {
  readonly clock = new TestClock();
  readonly store = new ObjectStore();
  readonly wakes = new Set<(why: Wake) => void>();
  online = true;
  metered = false;
  asked = 0;
  /** What the browser has for it is done when it is asked. */
  hasBackground = true;
  /** Whoever holds the lock. */
  holder: object | null = null;

  constructor(readonly outbox: Outbox = memoryOutbox()) {}

  wake(why: Wake): void {
    for (const listener of this.wakes) listener(why);
  }

  parts(page: object = {}): SyncParts {
    return {
      outbox: this.outbox,
      fetch: this.store.fetch,
      hash,
      clock: this.clock,
      onlyOne: async (task) => {
        if (this.holder !== null) return false;
        this.holder = page;
        try {
          await task();
        } finally {
          if (this.holder === page) this.holder = null;
        }
        return true;
      },
      random: () => 0.5,
      isOnline: () => this.online,
      isMetered: () => this.metered,
      onWake: (listener) => {
        this.wakes.add(listener);
        return () => void this.wakes.delete(listener);
      },
      askBackground: async (leave) => {
        this.asked++;
        if (this.hasBackground) await leave();
      },
      timings: syncTimings,
    };
  }
}

/** A page that sends by itself, with so many records saved before. */
export async function pageWith(records: number) {
  const device = new Device();
  for (let i = 0; i < records; i++) await device.outbox.add(small(i));
  const sync = createSync(device.parts());
  sync.configure(target, allowed);
  return { device, sync, outbox: device.outbox, store: device.store, clock: device.clock };
}
