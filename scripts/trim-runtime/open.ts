/**
 * `tsx open.ts RUNTIME.wasm MODELS SHA256 IMAGE`: starts ONNX Runtime on a .wasm file whose globals are shown, opens the model
 * with that hash as the app does, and writes down the memory as it is then. A process of its own: the runtime starts
 * once in a process. Clock and chance stand still, so that the same memory comes out every time.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { globalsOf } from './opened.ts';
import type { Stopped } from './opened.ts';
import { servedModels } from './served-models.ts';

/** What a process says at its end, as one line of JSON; the memory lies in the file. */
export type Opened = Omit<Stopped, 'memory'>;

const MOMENT = 1_700_000_000_000;
Date.now = () => MOMENT;
performance.now = () => 1;
crypto.getRandomValues = ((array: Uint8Array) => array.fill(7)) as typeof crypto.getRandomValues;
// As in the engine's thread, which is where it goes on.
Object.assign(globalThis, { WorkerGlobalScope: true, self: globalThis });

type Call = (...args: readonly number[]) => number;
const seen: {
  exports: Readonly<Record<string, unknown>>;
  memory: WebAssembly.Memory | null;
  /** The first function that is called from outside: what a program does before its own first line. */
  beginning: string | null;
  /** What each function gave last. */
  readonly gave: Map<string, unknown>;
} = { exports: {}, memory: null, beginning: null, gave: new Map() };

const { instantiate } = WebAssembly;
WebAssembly.instantiate = (async (source: BufferSource, imports: WebAssembly.Imports) => {
  const { module, instance } = await instantiate(source, imports);
  seen.exports = instance.exports;
  for (const value of Object.values(imports).flatMap((one) => Object.values(one))) {
    if (value instanceof WebAssembly.Memory) seen.memory = value;
  }
  const noted = Object.entries(instance.exports).map(([name, value]) => {
    if (typeof value !== 'function') return [name, value] as const;
    const call = (...args: readonly unknown[]): unknown => {
      seen.beginning ??= name;
      const given: unknown = Reflect.apply(value, undefined, args);
      seen.gave.set(name, given);
      return given;
    };
    return [name, call] as const;
  });
  return { module, instance: { exports: Object.fromEntries(noted) } };
}) as typeof WebAssembly.instantiate;

/** By which names the glue of the package calls what the runtime exports. */
function namesIn(glue: string) {
  return (name: string): string => {
    const found = new RegExp(`\\b_${name}=\\w+\\.(\\w+)`).exec(glue)?.[1];
    if (found === undefined) throw new Error(`the glue of the runtime has no _${name}`);
    return found;
  };
}

const callable = (name: string): Call => {
  const value = seen.exports[name];
  if (typeof value !== 'function') throw new Error(`the runtime has no function ${name}`);
  return (...args) => Number(Reflect.apply(value, undefined, args)) >>> 0;
};

/** What was freed still holds what it held: it is taken once more, emptied, and freed. The heap stays below its end. */
function emptyWhatIsFree(memory: Uint8Array, malloc: Call, free: Call): void {
  const end = memory.findLastIndex((byte) => byte !== 0);
  const taken: number[] = [];
  for (let size = 2 ** 22; size >= 16; size /= 2) {
    for (;;) {
      const at = malloc(size);
      if (at === 0 || at + size > end) {
        if (at !== 0) free(at);
        break;
      }
      memory.fill(0, at, at + size);
      taken.push(at);
    }
  }
  for (const at of taken) free(at);
}

/** Nothing is in use on the stack between two calls; it lies between two globals that follow each other, and grows down. */
function emptyStack(memory: Uint8Array, globals: readonly number[]): void {
  const [top = 0] = globals;
  const bottom = globals.find((value, n) => n > 0 && globals[n + 1] === top && value < top);
  if (bottom !== undefined) memory.fill(0, bottom, top);
}

async function main(runtime: string, folder: string, sha256: string, image: string): Promise<Opened> {
  // Only now: the glue looks around for where it is as it loads.
  const ort = await import('onnxruntime-web/wasm');
  const model = servedModels(folder).find((one) => one.sha256 === sha256);
  if (model === undefined) throw new Error(`${folder} has no model ${sha256}`);
  const name = namesIn(readFileSync(new URL(import.meta.resolve('onnxruntime-web/wasm')), 'utf8'));
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = new Uint8Array(readFileSync(runtime)).buffer;
  await ort.InferenceSession.create(model.graph.bytes, { executionProviders: ['wasm'] });
  const { memory, beginning, gave } = seen;
  if (memory === null || beginning === null) throw new Error('the runtime never started');
  const bytes = new Uint8Array(memory.buffer);
  emptyWhatIsFree(bytes, callable(name('malloc')), callable(name('free')));
  const globals = globalsOf(seen.exports);
  const whole = bytes.slice();
  emptyStack(whole, globals);
  writeFileSync(image, whole);
  const answers = {
    [beginning]: null,
    [name('OrtInit')]: 0,
    [name('OrtCreateSession')]: Number(gave.get(name('OrtCreateSession'))),
    [name('OrtReleaseSession')]: 0,
  };
  return { globals, answers };
}

const [runtime, folder, sha256, image] = process.argv.slice(2);
if (runtime === undefined || folder === undefined || sha256 === undefined || image === undefined) {
  throw new Error('usage: open.ts RUNTIME.wasm MODELS SHA256 IMAGE');
}
process.stdout.write(`${JSON.stringify(await main(runtime, folder, sha256, image))}\n`);
