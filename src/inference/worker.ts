import { runtimeOf } from '#app/install-caches';
import { openModelStore } from '#model/cache';
import { readAhead } from '#model/read-ahead';
import type { ReadAhead } from '#model/read-ahead';
import { sha256 } from '#model/sha256';
import type { Answer, ClassifyInput } from './answer.ts';
import { begin, BEGUN } from './begun.ts';
import type { Begun } from './begun.ts';
import { served, webglGraph } from 'virtual:served-files';
import { openedModel, openedSha256, trimmedModels, trimmedSha256 } from 'virtual:trimmed-runtime';
import { fetchGlue, lendOpened, wasmFiles } from './backends/wasm-runtimes.ts';
import { compileAhead } from './backends/webgl-ahead.ts';
import { WEBGPU_WASM_BYTES, webgpuWasmUrl } from './backends/webgpu.ts';
import { createEngine } from './engine.ts';
import { EngineError, errorData } from './engine-error.ts';
import { createForesight, foreseen } from './foresight.ts';
import { createJobs } from './jobs.ts';
import { idOf, readRequest } from './protocol.ts';
import type { Reply, Request, StartOptions } from './protocol.ts';
import { release } from './reading.ts';
import { countRuntimeDownload } from './runtime-download.ts';

/** The engine's thread: makes things, hands them over, and carries messages. */

declare const self: DedicatedWorkerGlobalScope;

const post = (reply: Reply, transfer: Transferable[] = []): void => self.postMessage(reply, transfer);
const absolute = (url: string): string => new URL(url, self.location.href).href;

const runtimeFiles = [
  ...wasmFiles.map(({ url, bytes }) => ({ url: absolute(url), bytes })),
  { url: absolute(webgpuWasmUrl), bytes: WEBGPU_WASM_BYTES },
];
const foresight = createForesight(self.fetch.bind(self));
const runtime = countRuntimeDownload(foresight.fetch, runtimeFiles, ({ url, bytes }, loadedBytes) =>
  engine.countRuntime(url, loadedBytes, bytes),
);
self.fetch = runtime.fetch;

const runtimesAt = (baseUrl: string): string => runtimeOf(new URL('./', baseUrl).pathname);
let begun: Begun | null = null;
const beginOnce = ({ baseUrl, preference }: StartOptions): Begun =>
  (begun ??= begin({ baseUrl, preference, runtimes: runtimesAt(baseUrl) }));
let ahead: ReadAhead | null = null;

let saidAt = 0;
const engine = createEngine({
  async openStore(options) {
    const { cache, reads } = beginOnce(options);
    ahead = readAhead(await openModelStore(options.baseUrl, cache), await reads);
    const { store } = ahead;
    // Nothing was ever kept here: a first visit.
    if ((await store.keys('')).length === 0) {
      const hasWebgl = typeof OffscreenCanvas !== 'undefined';
      const requests = foreseen(options, served, hasWebgl);
      foresight.ask(requests);
      if (requests.length > 0 && hasWebgl && webglGraph !== null) {
        compileAhead(Uint8Array.from(atob(webglGraph), (character) => character.charCodeAt(0)));
      }
    }
    return store;
  },
  settled: () => ahead?.settle(),
  fetch: runtime.fetch,
  runtimeFailure: runtime.failure,
  trimmed: { sha256: trimmedSha256, models: trimmedModels },
  async findOpened(options) {
    const kept = await beginOnce(options).opened;
    if (kept === null) return null;
    fetchGlue();
    const forget = async (): Promise<unknown> => {
      const runtimes = await caches.open(runtimesAt(options.baseUrl));
      return runtimes.delete(kept.url, { ignoreVary: true });
    };
    lendOpened(compiled(kept.bytes, forget));
    return { sha256: openedSha256, model: openedModel };
  },
  tell: (status) => post({ type: 'status', status }),
  now: () => performance.now(),
  worked,
  browser: self.navigator.userAgent,
});

/** It has weights in it: what they are is checked at every visit, as those of the model's own file are. */
async function compiled(reading: Promise<ArrayBuffer>, forget: () => Promise<unknown>): Promise<WebAssembly.Module> {
  const opened = await reading;
  const [hash, module] = await Promise.allSettled([sha256(new Uint8Array(opened)), WebAssembly.compile(opened)]);
  if (hash.status === 'fulfilled' && hash.value === openedSha256 && module.status === 'fulfilled') return module.value;
  // The page brings it anew.
  await forget();
  throw new EngineError('hash-mismatch', 'the opened runtime is not the one of this build');
}

/** A large picture is read in hundreds of bands: the page hears of them twice a second. */
function worked(): void {
  if (performance.now() - saidAt < 500) return;
  saidAt = performance.now();
  post({ type: 'worked' });
}

const turn = new MessageChannel();
const breathe = (): Promise<void> =>
  new Promise((resolve) => {
    turn.port2.addEventListener('message', () => resolve(), { once: true });
    turn.port1.postMessage(null);
  });
turn.port2.start();

const jobs = createJobs<ClassifyInput, Answer>(breathe, engine.classify, release);

self.addEventListener('message', ({ data }: MessageEvent<unknown>) => receive(data));

// Of later-worker.ts, before it hands on what the page said meanwhile.
self.addEventListener(BEGUN, (event) => {
  if (event instanceof CustomEvent) begun = event.detail;
});

function receive(message: unknown): void {
  const request = readRequest(message);
  if (request !== null) return void handle(request);
  const id = idOf(message);
  if (id !== null) {
    post({ type: 'error', id, error: { code: 'bad-input', detail: 'the worker does not know this message' } });
  }
}

async function handle(request: Request): Promise<void> {
  const { type, id } = request;
  try {
    switch (request.type) {
      case 'start':
        post({ type: 'start', id, out: null });
        return await engine.start(request.in);
      case 'classify': {
        const answer = await jobs.add(id, request.in);
        return post({ type: 'classify', id, out: answer }, buffersOf(answer));
      }
      case 'abort':
        jobs.abort(request.in);
        return post({ type: 'abort', id, out: null });
      case 'ping':
        return post({ type: 'ping', id, out: null });
      default:
        throw new EngineError('internal', `unhandled message ${String(type)}`);
    }
  } catch (error) {
    post({ type: 'error', id, error: errorData(error) });
  }
}

/** What belongs to nobody here any more and need not be copied. */
function buffersOf({ raster, embedding }: Answer): Transferable[] {
  return [raster?.data.buffer, embedding?.buffer].filter((buffer) => buffer instanceof ArrayBuffer);
}
