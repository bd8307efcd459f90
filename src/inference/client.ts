import type { Answer, ClassifyInput, EngineClient, EngineErrorCode, EngineStatus } from './answer.ts';
import { createDeathCount, MOST_DEATHS } from './deaths.ts';
import { aborted, EngineError, revive } from './engine-error.ts';
import type { Reply, StartOptions } from './protocol.ts';
import { trustedScript } from './trusted-script.ts';
// oxlint-disable-next-line import/default -- what Vite makes of it is an address, not the module.
import workerUrl from './worker.ts?worker&url';
// oxlint-disable-next-line import/default -- as above.
import laterUrl from './later-worker.ts?worker&url';
import { linkWorker } from './worker-link.ts';
import type { Death, WorkerLike, WorkerLink } from './worker-link.ts';

export type EngineClientOptions = {
  /** Makes the thread: startEngineWorker, or a test's own. */
  readonly startWorker: (start: StartOptions) => WorkerLike;
  readonly start: StartOptions;
  /** Milliseconds without a sign of life, while something is due, after which the worker is replaced. */
  readonly hangLimit?: number;
  /** Milliseconds, to count deaths by. */
  readonly now?: () => number;
};

/** startWith: the engine goes on with other options, in a fresh worker; what was in its hands is settled with 'aborted'. */
type RestartableEngine = EngineClient & { readonly startWith: (start: StartOptions) => void };

const HANG_LIMIT = 10_000;

const workerScript = new URL(workerUrl, import.meta.url).href;
const laterScript = new URL(laterUrl, import.meta.url).href;

/** What later-worker.ts begins with, before it hears what the engine is told. script: absolute, of the engine. */
export type LaterStart = Pick<StartOptions, 'baseUrl' | 'preference'> & { readonly script: string };

/** The engine's thread in a browser. */
export const startEngineWorker = (): Worker => engineThread(workerScript);

/**
 * The engine's thread where the service worker brought this page, so that what the engine needs lies on the device: it
 * sets out for it before the engine's own script is there.
 */
export function startLaterWorker({ baseUrl, preference }: StartOptions): Worker {
  const worker = engineThread(laterScript);
  worker.postMessage({ script: workerScript, baseUrl, preference } satisfies LaterStart, []);
  return worker;
}

const engineThread = (address: string): Worker =>
  new Worker(trustedScript('ktav-engine', address, address), { type: 'module', name: 'ktav-engine' });

/** One question and who waits for it. */
type Pending = {
  readonly id: number;
  readonly input: ClassifyInput;
  /** Queues behind others of its kind instead of taking the place of the one before it. */
  readonly concurrent: boolean;
  readonly settle: (outcome: { readonly answer: Answer } | { readonly error: EngineError }) => void;
};

/**
 * The page's side of the engine. A worker that crashes or hangs is replaced by itself; what was in its hands is
 * settled with an error and not asked again, because it may be what killed it. What still waited in the queue goes to
 * the fresh worker. After MOST_DEATHS within a minute it stays down until retry().
 */
export function createEngineClient(options: EngineClientOptions): RestartableEngine {
  const { startWorker, hangLimit = HANG_LIMIT, now = () => performance.now() } = options;
  let { start } = options;
  const listeners = new Set<(status: EngineStatus) => void>();
  const deaths = createDeathCount();
  /** In the worker's hands. */
  const sent = new Map<number, Pending>();
  /** Concurrent requests that wait for their turn on this side, where they survive a crash and let live ones pass. */
  const queue: Pending[] = [];
  let status: EngineStatus = { phase: 'starting' };
  let link: WorkerLink | null = null;
  /** Workers that died. From the second on WASM runs on the full runtime: what is cut to size could be to blame. */
  let died = 0;
  let lastId = 0;
  const nextId = (): number => ++lastId;
  let closed = false;

  const publish = (next: EngineStatus): void => {
    status = next;
    for (const listener of listeners) listener(next);
  };

  const launch = (): void => {
    publish({ phase: 'starting' });
    // Whoever listens may have closed it.
    if (closed) return;
    try {
      const mine = linkWorker({ worker: startWorker(start), hangLimit, nextId, onReply: receive, onDeath: bury });
      link = mine;
      mine.post({ type: 'start', id: nextId(), in: died < 2 ? start : { ...start, fullRuntime: true } });
    } catch (error) {
      // No workers at all, or a policy that forbids them: another try would end the same way.
      link?.end();
      bury('worker-crashed', error instanceof Error ? error.message : String(error), true);
    }
  };

  const bury = (death: Death, detail: string, forGood = false): void => {
    link = null;
    died++;
    const failure = new EngineError(death, detail);
    settleSent(failure);
    if (closed) return;
    if (!forGood && deaths.mayRestart(now())) {
      launch();
      pump();
      return;
    }
    settleQueue(failure);
    const why = forGood ? detail : `${detail} (${MOST_DEATHS} times within a minute)`;
    publish({ phase: 'failed', code: death, detail: why, reports: [] });
  };

  const settleSent = (error: EngineError): void => {
    for (const pending of sent.values()) pending.settle({ error });
  };
  const settleQueue = (error: EngineError): void => {
    for (let pending = queue[0]; pending !== undefined; pending = queue[0]) pending.settle({ error });
  };

  const receive = (reply: Reply): void => {
    if (reply.type === 'status') return publish(reply.status);
    // Nobody waits for the answer to a request that was aborted meanwhile.
    if (reply.type === 'classify') sent.get(reply.id)?.settle({ answer: reply.out });
    else if (reply.type === 'error') sent.get(reply.id)?.settle({ error: revive(reply.error) });
    pump();
  };

  const send = (pending: Pending): void => {
    if (link === null) return pending.settle({ error: downError(status) });
    sent.set(pending.id, pending);
    try {
      const transfer = pending.input.kind === 'picture' ? [pending.input.bitmap] : [];
      link.post({ type: 'classify', id: pending.id, in: pending.input }, transfer);
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      pending.settle({ error: new EngineError('bad-input', `the input cannot be sent: ${detail}`) });
    }
  };

  /** One of the queue at a time, so that a letter being drawn never waits for more than one picture. */
  const pump = (): void => {
    if (link === null || [...sent.values()].some(({ concurrent }) => concurrent)) return;
    const next = queue.shift();
    if (next !== undefined) send(next);
  };

  const forget = (pending: Pending, wasSettledByUs: boolean): void => {
    const at = queue.indexOf(pending);
    if (at >= 0) queue.splice(at, 1);
    // What was transferred is the worker's to close; closing here what never left does no harm to it.
    if (pending.input.kind === 'picture') pending.input.bitmap.close();
    if (sent.delete(pending.id) && wasSettledByUs) link?.post({ type: 'abort', id: nextId(), in: pending.id });
  };

  const classify = (signal: AbortSignal, input: ClassifyInput, concurrent: boolean): Promise<Answer> =>
    new Promise((resolve, reject) => {
      let done = false;
      const cancel = (): void => pending.settle({ error: aborted('the request was withdrawn') });
      const pending: Pending = {
        id: nextId(),
        input,
        concurrent,
        settle(outcome) {
          if (done) return;
          done = true;
          signal.removeEventListener('abort', cancel);
          forget(pending, 'error' in outcome && outcome.error.code === 'aborted');
          if ('answer' in outcome) resolve(outcome.answer);
          else reject(outcome.error);
          pump();
        },
      };
      if (closed || signal.aborted) return cancel();
      signal.addEventListener('abort', cancel, { once: true });
      if (concurrent) {
        queue.push(pending);
        return link === null ? pending.settle({ error: downError(status) }) : pump();
      }
      for (const older of sent.values()) {
        if (!older.concurrent) older.settle({ error: aborted('a newer request took its place') });
      }
      send(pending);
    });

  const retry = (): void => {
    if (closed) return;
    link?.end();
    link = null;
    settleSent(aborted('the engine was started anew'));
    deaths.forget();
    launch();
    pump();
  };

  launch();
  return {
    classify: (signal, input, { concurrent = false } = {}) => classify(signal, input, concurrent),
    status: () => status,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    retry,
    startWith(other) {
      start = other;
      retry();
    },
    close() {
      closed = true;
      link?.end();
      link = null;
      const error = aborted('the engine was closed');
      settleSent(error);
      settleQueue(error);
      listeners.clear();
    },
  };
}

/** What to tell whoever asks while there is no worker. */
function downError(status: EngineStatus): EngineError {
  const code: EngineErrorCode = status.phase === 'failed' ? status.code : 'worker-crashed';
  return new EngineError(code, status.phase === 'failed' ? status.detail : 'the worker is not running');
}
