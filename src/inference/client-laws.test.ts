import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { answerOf, ink, ready } from './client.fixture.ts';
import { createEngineClient } from './client.ts';
import { MOST_DEATHS } from './deaths.ts';
import { readRequest } from './protocol.ts';
import type { Reply, Request } from './protocol.ts';
import type { WorkerLike } from './worker-link.ts';

/** Milliseconds, all of them of a clock that the test turns. */
const HANG_LIMIT = 1000;
const MOST_START = 300;
const MOST_WORK = 100;
const MOST_LATENCY = 150;
/** Ten looks make the limit, and the first of them may be due one interval after the last outcome. */
const NOTICED = HANG_LIMIT * 1.1;
/** A live request waits for a start and for one picture before its own turn; any of the three may never end. */
const LIVE_BOUND = MOST_START + 2 * MOST_WORK + 6 * MOST_LATENCY + NOTICED;

type Pace = { readonly start: number; readonly work: number; readonly latencies: readonly number[] };

/** Works as the worker's thread does: one job after the other, an event loop that turns between them, slow mail. */
class Thread implements WorkerLike {
  terminated = false;
  readonly #pace: Pace;
  readonly #listeners = new Map<string, ((event: Event) => void)[]>();
  readonly #jobs: number[] = [];
  #busy: number | null = null;
  #state: 'willing' | 'stalled' | 'hung' = 'willing';
  #isReady = false;
  #letters = 0;
  #lastToThread = 0;
  #lastToPage = 0;

  constructor(pace: Pace) {
    this.#pace = pace;
  }

  addEventListener(type: string, listener: (event: Event) => void): void {
    this.#listeners.set(type, [...(this.#listeners.get(type) ?? []), listener]);
  }
  terminate(): void {
    this.terminated = true;
  }
  postMessage(message: unknown): void {
    const request = readRequest(structuredClone(message));
    if (request === null) throw new Error('the client said something wrong');
    this.#lastToThread = this.#mail(this.#lastToThread, () => this.#read(request));
  }

  /** The event loop still turns, but nothing gets done any more. Before it is ready that is a slow line, and no hang. */
  stall(): void {
    if (this.#state === 'willing' && this.#isReady) this.#state = 'stalled';
  }
  /** Not even that. */
  hang(): void {
    this.#state = 'hung';
  }
  /** An event of the thread, also one that comes after its end. */
  happen(event: Event): void {
    for (const listener of this.#listeners.get(event.type) ?? []) listener(event);
  }
  say(reply: unknown): void {
    this.#lastToPage = this.#mail(this.#lastToPage, () => {
      if (!this.terminated) this.happen(new MessageEvent('message', { data: reply }));
    });
  }

  #mail(last: number, deliver: () => void): number {
    const { latencies } = this.#pace;
    const latency = latencies[this.#letters++ % latencies.length] ?? 0;
    // Letters may be slow, but none overtakes another.
    const at = Math.max(last, Date.now() + latency);
    setTimeout(deliver, at - Date.now());
    return at;
  }

  #read(request: Request): void {
    if (this.terminated || this.#state === 'hung') return;
    const { type, id } = request;
    if (type === 'ping') return this.say({ type, id, out: null } satisfies Reply);
    if (type === 'start') {
      this.say({ type, id, out: null } satisfies Reply);
      setTimeout(() => {
        if (this.#state !== 'willing' || this.terminated) return;
        this.#isReady = true;
        this.say({ type: 'status', status: ready } satisfies Reply);
        this.#work();
      }, this.#pace.start);
    } else if (type === 'classify') {
      this.#jobs.push(id);
      this.#work();
    } else {
      const at = this.#jobs.indexOf(request.in);
      if (at >= 0) {
        this.#jobs.splice(at, 1);
        this.say({ type: 'error', id: request.in, error: { code: 'aborted', detail: 'withdrawn' } } satisfies Reply);
      }
      this.say({ type, id, out: null } satisfies Reply);
    }
  }

  #work(): void {
    if (!this.#isReady || this.#busy !== null || this.#state !== 'willing') return;
    this.#busy = this.#jobs.shift() ?? null;
    if (this.#busy === null) return;
    setTimeout(() => {
      if (this.#state !== 'willing' || this.terminated) return;
      this.say({ type: 'classify', id: this.#busy ?? 0, out: answerOf('alef') } satisfies Reply);
      this.#busy = null;
      this.#work();
    }, this.#pace.work);
  }
}

type Step =
  | { readonly do: 'wait'; readonly ms: number }
  | { readonly do: 'ask'; readonly concurrent: boolean }
  | { readonly do: 'withdraw'; readonly which: number }
  | { readonly do: 'hang' | 'stall' | 'crash' | 'mutter' | 'garble' | 'retry' }
  /** A thread that was ended long ago still has something to say. */
  | { readonly do: 'haunt'; readonly which: number };

const steps = fc.array(
  fc.oneof(
    { weight: 6, arbitrary: fc.record({ do: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 400 }) }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant('ask' as const), concurrent: fc.boolean() }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('withdraw' as const), which: fc.nat(20) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('haunt' as const), which: fc.nat(5) }) },
    {
      weight: 3,
      arbitrary: fc.record({ do: fc.constantFrom('hang', 'stall', 'crash', 'mutter', 'garble', 'retry' as const) }),
    },
  ),
  { maxLength: 25 },
);
const paces = fc.record({
  start: fc.integer({ min: 0, max: MOST_START }),
  work: fc.integer({ min: 0, max: MOST_WORK }),
  latencies: fc.array(fc.integer({ min: 0, max: MOST_LATENCY }), { minLength: 1, maxLength: 6 }),
});

type Asked = { readonly concurrent: boolean; readonly at: number; readonly abort: AbortController; settledAt: number };

function play(pace: Pace, script: readonly Step[]) {
  // What an earlier scene that failed left behind.
  vi.clearAllTimers();
  const threads: Thread[] = [];
  const client = createEngineClient({
    startWorker: () => {
      const thread = new Thread(pace);
      threads.push(thread);
      return thread;
    },
    start: {
      baseUrl: 'x:',
      catalogUrl: 'x:',
      modelKeys: null,
      preference: null,
      installId: 'i',
      pin: null,
      appBuild: 't',
    },
    hangLimit: HANG_LIMIT,
    now: () => Date.now(),
  });
  const asked: Asked[] = [];
  const ask = (concurrent: boolean): Asked => {
    const one: Asked = { concurrent, at: Date.now(), abort: new AbortController(), settledAt: Infinity };
    const settle = (): void => void (one.settledAt = Date.now());
    client.classify(one.abort.signal, ink, { concurrent }).then(settle, settle);
    asked.push(one);
    return one;
  };
  const act = async (step: Step): Promise<void> => {
    const thread = threads.at(-1);
    if (step.do === 'wait') await vi.advanceTimersByTimeAsync(step.ms);
    else if (step.do === 'ask') ask(step.concurrent);
    else if (step.do === 'withdraw') asked[step.which % Math.max(1, asked.length)]?.abort.abort();
    else if (step.do === 'retry') client.retry();
    else if (step.do === 'haunt') threads[step.which % threads.length]?.say({ type: 'status', status: ready });
    else if (step.do === 'hang') thread?.hang();
    else if (step.do === 'stall') thread?.stall();
    else if (thread !== undefined && !thread.terminated) {
      if (step.do === 'crash') thread.happen(Object.assign(new Event('error'), { message: 'boom' }));
      else if (step.do === 'garble') thread.happen(new Event('messageerror'));
      else thread.say({ type: 'classify', id: 1, out: 'mumble' });
    }
  };
  return {
    client,
    threads,
    asked,
    ask,
    async all() {
      for (const step of script) await act(step);
    },
  };
}

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('whatever the worker does, and whenever', () => {
  it('every request settles within the bound of the watchdog, and an engine that rests keeps no timer', async () => {
    await fc.assert(
      fc.asyncProperty(paces, steps, async (pace, script) => {
        const scene = play(pace, script);
        await scene.all();
        const open = scene.asked.filter(({ settledAt }) => settledAt === Infinity).length;
        await vi.advanceTimersByTimeAsync((open + 1) * LIVE_BOUND);
        for (const { concurrent, at, settledAt } of scene.asked) {
          expect(settledAt).toBeLessThan(Infinity);
          if (!concurrent) expect(settledAt - at).toBeLessThanOrEqual(LIVE_BOUND);
        }
        expect(vi.getTimerCount()).toBe(0);
        expect(scene.threads.filter(({ terminated }) => !terminated).length).toBeLessThanOrEqual(1);
        scene.client.close();
      }),
      { numRuns: 300 },
    );
  });

  it('once nothing goes wrong any more it answers again, or says that it is down', async () => {
    await fc.assert(
      fc.asyncProperty(paces, steps, async (pace, script) => {
        const scene = play(pace, script);
        await scene.all();
        // Whoever hangs or stalls unnoticed is found out by a question, and its successor is willing.
        for (let deaths = 0; deaths <= MOST_DEATHS; deaths++) {
          scene.ask(false);
          await vi.advanceTimersByTimeAsync(LIVE_BOUND);
        }
        if (scene.client.status().phase !== 'failed') {
          let answered: unknown = 'nothing';
          scene.client.classify(new AbortController().signal, ink).then(
            (answer) => (answered = answer.prediction.kind),
            (error: unknown) => (answered = error),
          );
          await vi.advanceTimersByTimeAsync(LIVE_BOUND);
          expect(answered).toBe('letter');
        }
        scene.client.close();
        expect(scene.threads.every(({ terminated }) => terminated)).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
