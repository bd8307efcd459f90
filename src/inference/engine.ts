import { tensorOf } from '#glyph/tensor';
import { abortedError } from '#model/abort';
import { loadLastGood, loadModel } from '#model/load';
import type { LoadedModel, OnProgress } from '#model/loaded';
import { calibrationOf } from '#model/manifest';
import type { ModelStore } from '#model/store';
import type { Answer, ClassifyInput, EngineErrorCode, EngineStatus } from './answer.ts';
import { startWasm } from './backends/wasm.ts';
import { startWebgl } from './backends/webgl.ts';
import { startPlan } from './choice.ts';
import type { StartPlan } from './choice.ts';
import { EngineError, errorData } from './engine-error.ts';
import { testOnGoldens } from './golden-test.ts';
import { createLineup } from './lineup.ts';
import type { Lineup } from './lineup.ts';
import { createOpeners, requireFile } from './openers.ts';
import { nothingToRead, predict } from './prediction.ts';
import { createStartProgress } from './progress.ts';
import type { StartOptions } from './protocol.ts';
import { readInput, release } from './reading.ts';

/** What the engine reaches of its worker. */
export type EngineEdge = {
  readonly openStore: (options: StartOptions) => Promise<ModelStore>;
  readonly fetch: typeof globalThis.fetch;
  /** Why a file of ONNX Runtime could not be had. */
  readonly runtimeFailure: () => EngineError | null;
  readonly tell: (status: EngineStatus) => void;
  readonly now: () => number;
};

export interface Engine {
  /** Bytes of a runtime file, as they arrive. */
  countRuntime(url: string, loadedBytes: number, totalBytes: number): void;
  /** Loads model and backends. Never rejects: how it ended is a status, and what classify() says. */
  start(options: StartOptions): Promise<void>;
  /** Waits until something can answer. Gives the picture's memory back in every case. */
  classify(signal: AbortSignal, input: ClassifyInput): Promise<Answer>;
}

/** Failures of a start that another version of the model may be spared. */
const THE_VERSIONS_FAULT: readonly EngineErrorCode[] = [
  'self-test-failed',
  'offline',
  'file-missing',
  'hash-mismatch',
  'manifest-invalid',
];

type Ready = { readonly model: LoadedModel; readonly lineup: Lineup; readonly options: StartOptions };

/** Everything from raw input to prediction, on one thread of its own. */
export function createEngine(edge: EngineEdge): Engine {
  const { tell, now } = edge;
  const progress = createStartProgress(tell, now);
  const whole = new AbortController();
  let settle: { resolve: (ready: Ready) => void; reject: (error: EngineError) => void } | null = null;
  const ready = new Promise<Ready>((resolve, reject) => (settle = { resolve, reject }));
  // Whoever classifies sees it; with nobody waiting it is no unhandled rejection.
  ready.catch(() => undefined);

  const bring = async (model: LoadedModel, plan: StartPlan, options: StartOptions): Promise<Lineup> => {
    const { preference } = options;
    const goldens = model.goldens(whole.signal);
    goldens.catch(() => undefined);
    const lineup: Lineup = createLineup({
      plan,
      preference,
      openers: createOpeners(whole.signal, model, plan, edge.runtimeFailure),
      test: async (session) => {
        const file = requireFile(model.manifest, session.backend);
        const known = await goldens;
        if (lineup.answering() === null) progress.testing();
        return testOnGoldens(session, known, file.name, now);
      },
      onChange: () => {
        if (lineup.answering() !== null) progress.over();
        tellAnswering(model, lineup);
      },
    });
    await lineup.start().catch((error: unknown) => {
      // Given up here, and told with every backend's own story.
      throw new StartFailure(errorData(error), lineup);
    });
    return lineup;
  };

  const tellAnswering = ({ manifest, version, notes }: LoadedModel, lineup: Lineup): void => {
    const backend = lineup.answering();
    if (backend === null) return;
    const labels = manifest.labels.map(({ name, letter, title }) => ({ name, letter, title }));
    tell({ phase: 'ready', model: manifest.id, version, labels, backend, reports: lineup.reports(), notes: notes() });
  };

  const load = async (options: StartOptions): Promise<Ready> => {
    tell({ phase: 'starting' });
    const store = await edge.openStore(options);
    const modelCached = (await store.keys('file/')).length > 0;
    const plan = startPlan({ preference: options.preference, modelCached });
    headStart(plan);
    const { catalogUrl, installId, pin, appBuild: appVersion } = options;
    const loadOptions = { catalogUrl, installId, pin, appVersion, store, fetch: edge.fetch };
    const count: OnProgress = ({ file, loadedBytes, totalBytes, from }) => {
      if (from === 'network') progress.count(file, loadedBytes, totalBytes);
    };

    const model = await loadModel(whole.signal, loadOptions, count);
    try {
      return await finish(model, plan, options);
    } catch (error) {
      if (!(error instanceof StartFailure) || !THE_VERSIONS_FAULT.includes(error.code)) throw error;
      // Not this version on this device; offline it may be right the next time.
      if (error.code === 'self-test-failed') await model.failed().catch(() => undefined);
      const lastGood = await loadLastGood(whole.signal, loadOptions, count, model);
      if (lastGood === null) throw error;
      return await finish(lastGood, plan, options);
    }
  };

  const finish = async (model: LoadedModel, plan: StartPlan, options: StartOptions): Promise<Ready> => {
    const lineup = await bring(model, plan, options);
    // What answers answers, whether or not the device can remember that it did.
    await model.passed().catch(() => undefined);
    tellAnswering(model, lineup);
    return { model, lineup, options };
  };

  return {
    countRuntime: progress.count,
    async start(options) {
      try {
        settle?.resolve(await load(options));
      } catch (error) {
        progress.over();
        const { code, detail } = errorData(error);
        settle?.reject(new EngineError(code, detail));
        const reports = error instanceof StartFailure ? error.lineup.reports() : [];
        tell({ phase: 'failed', code, detail, reports });
      }
    },
    async classify(signal, input) {
      try {
        const { model, lineup, options } = await unlessAborted(signal, ready);
        return await answer(model, lineup, options, input, now);
      } finally {
        release(input);
      }
    },
  };
}

/** Whatever the plan begins with is fetched before the catalog is read; how that ends is told where it is used. */
function headStart(plan: StartPlan): void {
  const first: Promise<unknown> | null =
    plan.together[0] === 'webgl' ? startWebgl() : plan.together[0] === 'wasm' ? startWasm() : null;
  first?.catch(() => undefined);
}

async function answer(
  { manifest, version }: LoadedModel,
  lineup: Lineup,
  { appBuild }: StartOptions,
  input: ClassifyInput,
  now: () => number,
): Promise<Answer> {
  const start = now();
  const { glyph, inkBox } = await readInput(input, manifest.preprocess);
  // A picture may be large; the session that runs next needs none of it.
  release(input);
  const read = now();
  const receipt = (backend: Answer['receipt']['backend']): Answer['receipt'] => ({
    model: manifest.id,
    version,
    fileHash: requireFile(manifest, backend).sha256,
    backend,
    preprocess: manifest.preprocess.version,
    appBuild,
  });
  if (glyph.kind === 'empty') {
    const backend = lineup.answering();
    if (backend === null) throw new EngineError('no-backend', 'no backend answers');
    const timing = { preprocess: read - start, inference: 0, total: read - start };
    const prediction = nothingToRead(glyph.reason);
    return { prediction, raster: null, cue: null, inkBox, receipt: receipt(backend), embedding: null, timing };
  }
  const { output, backend } = await lineup.run(tensorOf([glyph], manifest.preprocess));
  const inferred = now();
  const labels = manifest.labels.map(({ name }) => name);
  const calibration = calibrationOf(manifest, requireFile(manifest, backend).name);
  return {
    prediction: predict(output.logits, labels, calibration),
    raster: glyph.raster,
    cue: [...glyph.cue],
    inkBox,
    receipt: receipt(backend),
    embedding: output.embedding,
    timing: { preprocess: read - start, inference: inferred - read, total: now() - start },
  };
}

class StartFailure extends EngineError {
  readonly lineup: Lineup;
  constructor({ code, detail }: { readonly code: EngineError['code']; readonly detail: string }, lineup: Lineup) {
    super(code, detail);
    this.lineup = lineup;
  }
}

function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const stop = (): void => reject(abortedError(signal));
    if (signal.aborted) return stop();
    signal.addEventListener('abort', stop, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}
