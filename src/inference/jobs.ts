import { aborted } from './engine-error.ts';

export interface Jobs<In, Out> {
  /** Runs when its turn comes. Rejects with EngineError 'aborted' when abort() names it before that. */
  add(id: number, input: In): Promise<Out>;
  /** Takes a job back, or tells the one that runs. Does nothing for an id that is done or was never there. */
  abort(id: number): void;
}

/**
 * One job after the other, and before each a breath: messages that arrived during the last job are read first, so
 * that a job which nobody waits for any more never starts.
 *
 * run must stop waiting when its signal fires; what it computes it may finish. drop is called for the input of a job that never started.
 */
export function createJobs<In, Out>(
  breathe: () => Promise<void>,
  run: (signal: AbortSignal, input: In) => Promise<Out>,
  drop: (input: In) => void,
): Jobs<In, Out> {
  type Job = {
    readonly id: number;
    readonly input: In;
    readonly abort: AbortController;
    readonly resolve: (out: Out) => void;
    readonly reject: (error: unknown) => void;
  };
  const waiting: Job[] = [];
  let current: Job | null = null;
  let draining = false;

  const drain = async (): Promise<void> => {
    if (draining) return;
    draining = true;
    for (;;) {
      await breathe();
      current = waiting.shift() ?? null;
      if (current === null) break;
      await run(current.abort.signal, current.input).then(current.resolve, current.reject);
    }
    draining = false;
  };

  return {
    add: (id, input) =>
      new Promise((resolve, reject) => {
        waiting.push({ id, input, abort: new AbortController(), resolve, reject });
        void drain();
      }),
    abort(id) {
      // What runs settles by itself: its reply is how the page knows that it came to an end.
      if (current?.id === id) return current.abort.abort();
      const at = waiting.findIndex((job) => job.id === id);
      const [job] = at < 0 ? [] : waiting.splice(at, 1);
      if (job === undefined) return;
      drop(job.input);
      job.reject(aborted('nobody waited for this answer any more when its turn came'));
    },
  };
}
