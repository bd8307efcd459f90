/**
 * `tsx exercise.ts RUNTIME.wasm MODELS [SHA256]`: puts ONNX Runtime through all that Ktav asks of it, on a given .wasm file,
 * and says what came out. A process of its own: the runtime starts once in a process, on one file. SHA256: of the one model
 * that is run; no other file is opened then, for what is watched has that model open from the beginning.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import * as ort from 'onnxruntime-web/wasm';
import type { InferenceSession } from 'onnxruntime-web';
import type { ModelInput } from '#glyph/tensor';
import { calledOf } from './cut.ts';
import { identityModel } from '../../src/inference/backends/identity.ts';
import { runOnnx } from '../../src/inference/backends/onnx-session.ts';
import { batches } from './inputs.ts';
import { servedModels } from './served-models.ts';
import type { ServedModel } from './served-models.ts';

/** What a process says at its end, as one line of JSON. */
export type Exercised = {
  /** Functions that were called, where the file notes it (cut.ts): those of starting alone, and all. */
  readonly started: readonly number[];
  readonly opened: readonly number[];
  readonly called: readonly number[];
  /** SHA-256 of the model files that could be run. */
  readonly models: readonly string[];
  /** SHA-256 over every output, bit by bit, and every refusal in its own words. */
  readonly digest: string;
  /** Bytes of the runtime's memory, before the first model and at the end. */
  readonly memory: { readonly before: number; readonly after: number };
};

const settings: InferenceSession.SessionOptions = { executionProviders: ['wasm'], logSeverityLevel: 4 };
const digest = createHash('sha256');

/** The runtime's own module, seen as it starts. */
const started: { instance: WebAssembly.Instance | null; memory: WebAssembly.Memory | null } = {
  instance: null,
  memory: null,
};

function watchStart(): void {
  const { instantiate } = WebAssembly;
  WebAssembly.instantiate = (async (source: BufferSource, imports: WebAssembly.Imports) => {
    const made = await instantiate(source, imports);
    started.instance = made.instance;
    for (const value of Object.values(imports).flatMap((module) => Object.values(module))) {
      if (value instanceof WebAssembly.Memory) started.memory = value;
    }
    return made;
  }) as typeof WebAssembly.instantiate;
}

const called = (): readonly number[] => calledOf(started.instance?.exports ?? {});
const memory = (): number => started.memory?.buffer.byteLength ?? 0;

async function run(session: InferenceSession, model: ServedModel, input: ModelInput): Promise<void> {
  const { logits, embedding } = await runOnnx(ort, session, model.graph, input);
  for (const values of [logits, embedding ?? new Float32Array(0)]) {
    digest.update(new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
  }
}

/** What has to fail does so in words, and goes on: the runtime that failed is asked again afterwards. */
async function refused(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) throw error;
    digest.update(error instanceof Error ? error.message : String(error));
    return;
  }
  throw new Error('the runtime took what it has to refuse');
}

/** Models that are none: cut short, of zeros, of text, and one with an operator that does not exist. */
function brokenModels(model: Uint8Array): readonly Uint8Array[] {
  const stranger = identityModel();
  const at = Buffer.from(stranger).indexOf('Identity');
  stranger.set(Buffer.from('Idantity'), at);
  const text = Buffer.from('<!doctype html><html></html>');
  return [
    model.subarray(0, model.length >> 1),
    model.subarray(0, 40),
    new Uint8Array(64),
    new Uint8Array(text),
    stranger,
  ];
}

async function exercise(model: ServedModel): Promise<void> {
  const { graph, goldens } = model;
  const first = await ort.InferenceSession.create(graph.bytes, settings);
  for (const input of batches(goldens, graph.size)) await run(first, model, input);
  // A newer version is opened while the older one still answers.
  const second = await ort.InferenceSession.create(graph.bytes, settings);
  const [one] = [...batches(goldens, graph.size)];
  if (one !== undefined) await run(second, model, one);
  await first.release();
  if (one !== undefined) await goesOnAfterRefusal(second, model, one);
  await second.release();
  for (const bytes of brokenModels(graph.bytes)) await refused(() => ort.InferenceSession.create(bytes, settings));
}

/** As the app goes about a runtime that has this model open already: one session, which is never released. */
async function exerciseOpened(model: ServedModel): Promise<void> {
  const { graph, goldens } = model;
  const session = await ort.InferenceSession.create(graph.bytes, settings);
  for (const input of batches(goldens, graph.size)) await run(session, model, input);
  const [one] = [...batches(goldens, graph.size)];
  if (one !== undefined) await goesOnAfterRefusal(session, model, one);
}

async function goesOnAfterRefusal(session: InferenceSession, model: ServedModel, one: ModelInput): Promise<void> {
  await refused(() => run(session, model, { ...one, count: 2 }));
  const wrong = { ...model.graph, size: model.graph.size + 1 };
  const picture = new Float32Array(wrong.size ** 2);
  await refused(() => run(session, { ...model, graph: wrong }, { ...one, picture }));
  await run(session, model, one);
}

async function main(runtime: string, folder: string, only: string | undefined): Promise<Exercised> {
  watchStart();
  ort.env.wasm.numThreads = 1;
  ort.env.wasm.wasmBinary = new Uint8Array(readFileSync(runtime)).buffer;
  const identity = await ort.InferenceSession.create(identityModel(), settings);
  await identity.release();
  const before = memory();
  const starting = called();
  const models: string[] = [];
  let opened: readonly number[] = [];
  for (const model of servedModels(folder)) {
    if (only !== undefined) {
      if (model.sha256 !== only) continue;
      await exerciseOpened(model);
      models.push(model.sha256);
      continue;
    }
    const trial = await ort.InferenceSession.create(model.graph.bytes, settings).catch((error: unknown) => {
      if (error instanceof WebAssembly.RuntimeError) throw error;
      // The full runtime refuses it as well: nothing is lost by not trimming for it.
      return null;
    });
    if (trial === null) continue;
    await trial.release();
    if (opened.length === 0) opened = called();
    await exercise(model);
    models.push(model.sha256);
  }
  const after = memory();
  return {
    started: starting,
    opened,
    called: called(),
    models,
    digest: digest.digest('hex'),
    memory: { before, after },
  };
}

const [runtime, folder, only] = process.argv.slice(2);
if (runtime === undefined || folder === undefined) throw new Error('usage: exercise.ts RUNTIME.wasm MODELS [SHA256]');
process.stdout.write(`${JSON.stringify(await main(runtime, folder, only))}\n`);
