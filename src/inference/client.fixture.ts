import { onTestFinished } from 'vitest';
import type { Answer, ClassifyInput, EngineStatus } from './answer.ts';
import { createEngineClient } from './client.ts';
import type { EngineClientOptions } from './client.ts';
import { readRequest } from './protocol.ts';
import type { Reply, Request } from './protocol.ts';
import type { WorkerLike } from './worker-link.ts';

/** A thread that is none: a real MessageChannel, with a test at the other end. */
class FakeWorker implements WorkerLike {
  readonly requests: Request[] = [];
  terminated = false;
  readonly #channel = new MessageChannel();
  readonly #events = new EventTarget();
  #onRequest: (request: Request) => void = () => undefined;

  constructor(onRequest: (request: Request, worker: FakeWorker) => void) {
    this.#onRequest = (request) => onRequest(request, this);
    this.#channel.port2.addEventListener('message', (event: MessageEvent<unknown>) => {
      const request = readRequest(event.data);
      if (request === null) throw new Error(`the client said something wrong: ${JSON.stringify(event.data)}`);
      this.requests.push(request);
      this.#onRequest(request);
    });
    this.#channel.port2.start();
  }

  say(reply: unknown): void {
    this.#channel.port2.postMessage(reply);
  }
  /** As an uncaught error in a worker's script. */
  crash(message = 'boom'): void {
    this.#events.dispatchEvent(Object.assign(new Event('error', { cancelable: true }), { message }));
  }
  unreadable(): void {
    this.#events.dispatchEvent(new Event('messageerror'));
  }
  asked(type: Request['type']): Request[] {
    return this.requests.filter((request) => request.type === type);
  }

  postMessage(message: unknown, transfer: Transferable[]): void {
    // Node has no ImageBitmap to transfer; a fake one travels as a copy, without its function.
    if (!this.terminated) this.#channel.port1.postMessage(withoutFunctions(message), transfer.filter(isBuffer));
  }
  terminate(): void {
    this.terminated = true;
    this.#channel.port1.close();
  }
  addEventListener(type: 'message' | 'messageerror' | 'error', listener: (event: Event) => void): void {
    if (type !== 'message') return this.#events.addEventListener(type, listener);
    this.#channel.port1.addEventListener('message', listener);
    this.#channel.port1.start();
  }
}

const isBuffer = (value: Transferable): value is ArrayBuffer => value instanceof ArrayBuffer;
const withoutFunctions = (message: unknown): unknown => {
  if (typeof message !== 'object' || message === null || !('in' in message)) return message;
  const input: unknown = message.in;
  if (typeof input !== 'object' || input === null || !('bitmap' in input)) return message;
  return { ...message, in: { kind: 'ink', ink: [], line: null } };
};

export const ready: EngineStatus = {
  phase: 'ready',
  model: 'letters',
  version: '1.0.0',
  labels: [{ name: 'alef', letter: 'א', title: { en: 'Alef', he: 'אלף' } }],
  backend: 'wasm',
  reports: [],
  notes: [],
};

export const answerOf = (label: string): Answer => ({
  prediction: { kind: 'letter', label, probability: 1, candidates: [{ label, probability: 1 }] },
  raster: null,
  cue: null,
  inkBox: null,
  receipt: {
    model: 'letters',
    version: '1.0.0',
    fileHash: 'ab',
    backend: 'wasm',
    preprocess: 1,
    appBuild: 'test',
  },
  embedding: null,
  timing: { preprocess: 1, inference: 1, total: 2 },
});

export const ink: ClassifyInput = { kind: 'ink', ink: [[{ x: 1, y: 2, t: 0 }]], line: null };

export class FakeBitmap implements ImageBitmap {
  readonly width = 8;
  readonly height = 8;
  closed = 0;
  close(): void {
    this.closed++;
  }
}

type Script = (request: Request, say: (reply: Reply) => void, worker: FakeWorker) => void;

/** Says "ready" at the start, and answers everything with "alef", pings too. */
export const willing: Script = (request, say) => {
  if (request.type === 'start') {
    say({ type: 'start', id: request.id, out: null });
    say({ type: 'status', status: ready });
  } else if (request.type === 'classify') say({ type: 'classify', id: request.id, out: answerOf('alef') });
  else if (request.type === 'ping') say({ type: 'ping', id: request.id, out: null });
};

/** Ready, but leaves every question open. */
export const silent: Script = (request, say, worker) => {
  if (request.type === 'start') willing(request, say, worker);
};

/** A client whose workers follow the scripts in turn, the last one for all that come after. */
function clientWith(scripts: readonly Script[], options: Partial<EngineClientOptions> = {}) {
  const workers: FakeWorker[] = [];
  const statuses: EngineStatus[] = [];
  const client = createEngineClient({
    startWorker: () => {
      const script = scripts[Math.min(workers.length, scripts.length - 1)] ?? willing;
      const worker = new FakeWorker((request, self) => script(request, (reply) => self.say(reply), self));
      workers.push(worker);
      return worker;
    },
    start: {
      baseUrl: 'https://ktav.example/',
      catalogUrl: 'https://ktav.example/models/catalog.json',
      modelKeys: null,
      preference: null,
      installId: '00000000-0000-4000-8000-000000000000',
      pin: null,
      appBuild: '0.1.0+test',
    },
    ...options,
  });
  client.subscribe((status) => statuses.push(status));
  const phases = (): string[] => statuses.map(({ phase }) => phase);
  return { client, workers, statuses, phases };
}

/** Lets messages in both directions arrive. */
export const messages = (milliseconds = 20): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));

export const never = new AbortController().signal;
export const labelOf = ({ prediction }: Answer): string | null =>
  prediction.kind === 'letter' ? prediction.label : null;
/** The code that a promise rejects with, or the letter that it was answered with. */
export const codeOf = (promise: Promise<Answer>): Promise<unknown> =>
  promise.then(
    (answer) => `answered ${labelOf(answer)}`,
    (error: unknown) => (error instanceof Error && 'code' in error ? error.code : error),
  );
export const pictureOf = (bitmap: FakeBitmap): ClassifyInput => ({
  kind: 'picture',
  bitmap,
  crop: null,
  invert: false,
  line: null,
});

/** A client that is closed when the test is over. */
export const using: typeof clientWith = (...args) => {
  const made = clientWith(...args);
  onTestFinished(() => made.client.close());
  return made;
};
