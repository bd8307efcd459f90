/** What is measured away from the app's page: window.bench. Built and served by ../site.ts; no part of what is shipped. */
import type { Turn } from '../rounds.ts';
import type { Lane, Order, Preprocessing, Reply } from './orders.ts';
import { photoOf } from './photo.ts';

export type BenchPage = {
  /** Starts a worker for this lane. Its number, and its largest error over the goldens. */
  open(lane: Lane): Promise<{ readonly id: number; readonly largestError: number }>;
  turn(id: number, turn: Turn): Promise<readonly number[]>;
  preprocess(rounds: number): Promise<Preprocessing>;
  readonly photoOf: typeof photoOf;
};

declare global {
  interface Window {
    bench: BenchPage;
  }
}

// The headers of production enforce Trusted Types; this page starts more workers than the app, all of its own origin.
type Factory = {
  createPolicy(name: 'default', rules: { readonly createScriptURL: (address: string) => string }): unknown;
};
(globalThis as { readonly trustedTypes?: Factory }).trustedTypes?.createPolicy('default', {
  createScriptURL: (address) => {
    if (new URL(address, location.href).origin !== location.origin)
      throw new TypeError(`${address} is of another origin`);
    return address;
  },
});

const models = new URL('../../models/', location.href).href;
const workers: Worker[] = [];

/** The order's reply, unread: each caller below knows what its order is answered with. */
function ask(worker: Worker, order: Order): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const settle = (event: MessageEvent<Reply>): void => {
      if ('error' in event.data) reject(new Error(event.data.error));
      else resolve(event.data.out);
    };
    worker.addEventListener('message', settle, { once: true });
    worker.addEventListener('error', (event) => reject(new Error(event.message || 'the worker did not load')), {
      once: true,
    });
    worker.postMessage(order, []);
  });
}

const numbers = (out: unknown): readonly number[] => {
  if (!Array.isArray(out) || !out.every((value) => typeof value === 'number')) throw new Error('numbers were expected');
  return out;
};

window.bench = {
  async open(lane) {
    const worker =
      lane.library === 'ktav'
        ? new Worker(new URL('./ktav.worker.ts', import.meta.url), { type: 'module' })
        : new Worker(new URL('./tfjs.worker.ts', import.meta.url), { type: 'module' });
    const id = workers.push(worker) - 1;
    return { id, largestError: Number(await ask(worker, { kind: 'open', lane, models })) };
  },
  async turn(id, turn) {
    const worker = workers[id];
    if (worker === undefined) throw new RangeError(`there is no worker ${id}`);
    return numbers(await ask(worker, { kind: 'turn', ...turn }));
  },
  async preprocess(rounds) {
    const worker = new Worker(new URL('./preprocessing.worker.ts', import.meta.url), { type: 'module' });
    const out = (await ask(worker, { kind: 'preprocess', models, rounds })) as Record<keyof Preprocessing, unknown>;
    worker.terminate();
    return {
      readback: numbers(out.readback),
      pixels: numbers(out.pixels),
      small: numbers(out.small),
      bitmap: numbers(out.bitmap),
      strokes: numbers(out.strokes),
    };
  },
  photoOf,
};
