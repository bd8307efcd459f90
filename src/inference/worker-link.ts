import { readReply } from './protocol.ts';
import type { Reply, Request } from './protocol.ts';
import { createWatchdog, lookInterval } from './watchdog.ts';

/** What is used of a Worker; a test lends something else. */
export interface WorkerLike {
  postMessage(message: unknown, transfer: Transferable[]): void;
  terminate(): void;
  addEventListener(type: 'message' | 'messageerror' | 'error', listener: (event: Event) => void): void;
}

export type Death = 'worker-crashed' | 'worker-hung';

export interface WorkerLink {
  /** Throws what postMessage throws: a bitmap that was closed or transferred before. */
  post(request: Request, transfer?: Transferable[]): void;
  /** The worker goes; onDeath is not called. */
  end(): void;
}

type LinkOptions = {
  readonly worker: WorkerLike;
  /** Milliseconds of silence, while something is due, that mean a hang. */
  readonly hangLimit: number;
  /** Of requests and pings alike: were a ping to share a request's id, its pong would pass for that request's reply. */
  readonly nextId: () => number;
  readonly onReply: (reply: Reply) => void;
  /** Called once at most, with the worker already terminated. */
  readonly onDeath: (death: Death, detail: string) => void;
};

/** One worker from its first message to its end: who owes what, and whether it still lives. */
export function linkWorker({ worker, hangLimit, nextId, onReply, onDeath }: LinkOptions): WorkerLink {
  const watchdog = createWatchdog();
  /** Requests without a reply. An aborted one still gets its own, so that it says something about the worker too. */
  const owed = new Set<number>();
  let settled = false;
  let over = false;
  let timer: ReturnType<typeof setInterval> | null = null;

  const stopLooking = (): void => {
    if (timer !== null) clearInterval(timer);
    timer = null;
  };
  const end = (): void => {
    over = true;
    stopLooking();
    worker.terminate();
  };
  const die = (death: Death, detail: string): void => {
    if (over) return;
    end();
    onDeath(death, detail);
  };
  /** Looks while a reply is owed or the start is under way; an idle engine costs no timer. */
  const mind = (): void => {
    const due = owed.size > 0 || !settled;
    if (!due || over) return stopLooking();
    if (timer !== null) return;
    watchdog.progress();
    timer = setInterval(() => {
      if (watchdog.look()) return die('worker-hung', `the worker gave no sign of life for ${hangLimit} ms`);
      worker.postMessage({ type: 'ping', id: nextId(), in: null } satisfies Request, []);
    }, lookInterval(hangLimit));
  };

  const receive = (reply: Reply): void => {
    // Whatever is said shows that the event loop turns; only an outcome, or a part of one, shows that work gets done.
    if (isOutcome(reply)) watchdog.progress();
    else watchdog.alive();
    if (reply.type === 'status') {
      settled = reply.status.phase === 'ready' || reply.status.phase === 'failed';
      watchdog.setReady(settled);
    } else if (reply.type === 'classify' || reply.type === 'error') owed.delete(reply.id);
    mind();
    onReply(reply);
  };

  worker.addEventListener('message', (event) => {
    if (over || !('data' in event)) return;
    const reply = readReply(event.data);
    if (reply === null) return die('worker-crashed', 'the worker said something that this page does not understand');
    receive(reply);
  });
  worker.addEventListener('messageerror', () => die('worker-crashed', 'a message of the worker could not be read'));
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    // A script that could not be loaded gives an event without a message.
    const message = 'message' in event && typeof event.message === 'string' ? event.message : '';
    die('worker-crashed', message === '' ? 'the worker could not be started' : message);
  });
  mind();

  return {
    post(request, transfer = []) {
      worker.postMessage(request, transfer);
      if (request.type === 'classify') owed.add(request.id);
      mind();
    },
    end,
  };
}

const isOutcome = (reply: Reply): boolean =>
  reply.type === 'status' ||
  reply.type === 'worked' ||
  reply.type === 'classify' ||
  (reply.type === 'error' && reply.error.code !== 'aborted');
