import { unlessAborted } from '#model/abort';
import { loadKept, loadLastGood, loadModel } from '#model/load';
import type { LoadedModel, OnProgress } from '#model/loaded';
import { fileFor } from '#model/manifest';
import type { ModelStore } from '#model/store';
import type { Answer, ClassifyInput, EngineNote, EngineStatus } from './answer.ts';
import { answer } from './answering.ts';
import type { Watched } from './answering.ts';
import { createCalm } from './calm.ts';
import type { Calm } from './calm.ts';
import { startPlan } from './choice.ts';
import type { StartPlan } from './choice.ts';
import { EngineError, errorData } from './engine-error.ts';
import { testOnGoldens } from './golden-test.ts';
import { createLineup } from './lineup.ts';
import type { Lineup } from './lineup.ts';
import { once } from './once.ts';
import { createGate, createOpeners, headStart, requireFile } from './openers.ts';
import { createStartProgress } from './progress.ts';
import { prove } from './proof.ts';
import type { StartOptions } from './protocol.ts';
import { release } from './reading.ts';
import { isVersionsFault, StartFailure } from './start-failure.ts';
import { succeed } from './succession.ts';
import { trustTrimmed } from './trimmed-trust.ts';
import type { OpenedRuntime, Trimmed, TrimmedTrust } from './trimmed-trust.ts';

/** What the engine reaches of its worker. */
export type EngineEdge = Watched & {
  readonly openStore: (options: StartOptions) => Promise<ModelStore>;
  /** The start is over: what the store read ahead for it holds no more. */
  readonly settled: () => void;
  readonly fetch: typeof globalThis.fetch;
  /** Why a file of ONNX Runtime could not be had. */
  readonly runtimeFailure: () => EngineError | null;
  readonly trimmed: Trimmed;
  /** The runtime that has the served model open, where this device keeps it: then it is on its way from now on. */
  readonly findOpened: (options: StartOptions) => Promise<OpenedRuntime | null>;
  readonly tell: (status: EngineStatus) => void;
  /** The browser as it names itself. */
  readonly browser: string;
};

export interface Engine {
  /** Bytes of a runtime file, as they arrive. */
  countRuntime(url: string, loadedBytes: number, totalBytes: number): void;
  /** Loads model and backends. Never rejects: how it ended is a status, and what classify() says. */
  start(options: StartOptions): Promise<void>;
  /** Waits until something can answer. Gives the picture's memory back in every case. */
  classify(signal: AbortSignal, input: ClassifyInput): Promise<Answer>;
}

/** Whoever waits for the choice of a version alone waits no longer than this where an older one could answer. */
const PATIENCE = 1000;

/** A version with the backends that answer for it. */
type Team = { readonly model: LoadedModel; readonly lineup: Lineup };

/** What is settled of a start before the first version is brought. */
type Setting = {
  readonly plan: StartPlan;
  readonly trimmed: TrimmedTrust;
  readonly options: StartOptions;
  readonly store: ModelStore;
  readonly modelCached: boolean;
  readonly calm: Promise<void>;
};

/** Everything from raw input to prediction, on one thread of its own. */
export function createEngine(edge: EngineEdge): Engine {
  const { tell, now } = edge;
  const progress = createStartProgress(tell, now);
  const whole = new AbortController();
  /** Who answers; a team that comes before its turn, and one whose turn is over, keep silent. */
  let serving: Team | null = null;
  /** Taken on the way to any version, by whomever. */
  const notes: EngineNote[] = [];
  let why: readonly EngineNote[] = [];
  const inHand = new Set<Promise<unknown>>();
  let calm: Calm | null = null;
  let settle: { resolve: (options: StartOptions) => void; reject: (error: EngineError) => void } | null = null;
  const ready = new Promise<StartOptions>((resolve, reject) => (settle = { resolve, reject }));
  // Whoever classifies sees it; with nobody waiting it is no unhandled rejection.
  ready.catch(() => undefined);

  const bring = async (model: LoadedModel, setting: Setting): Promise<Team> => {
    const { plan, trimmed, options, store, modelCached } = setting;
    const { preference, appBuild } = options;
    const goldens = once(() => model.goldens(whole.signal));
    // On its way from the beginning; a later visit takes them from the device, and after the first answer.
    if (!modelCached) goldens().catch(() => undefined);
    const webgl = createGate();
    const lineup: Lineup = createLineup({
      plan,
      preference,
      openers: createOpeners(whole.signal, model, plan, edge.runtimeFailure, webgl.opened, trimmed),
      test: (session) => {
        const file = requireFile(model.manifest, session.backend);
        const runtime = session.runtime?.();
        const told = { file: file.sha256, goldens: model.manifest.goldens.sha256, browser: edge.browser, appBuild };
        return prove({
          store,
          // WASM alone is the same on every device: what graphics cards do hangs on more than can be told here.
          trial:
            runtime === undefined ? null : { ...told, runtime: runtime === 'full' ? runtime : edge.trimmed.sha256 },
          calm: setting.calm,
          prepare: async () => {
            const known = await goldens();
            if (lineup.answering() === null) progress.testing();
            return () => testOnGoldens(session, known, file.name, now);
          },
        });
      },
      onChange: () => {
        const { state } = lineup.reports().find(({ backend }) => backend === 'webgl') ?? {};
        if (state !== 'untried' && state !== 'loading') webgl.open();
        if (serving?.lineup === lineup) tellAnswering(serving);
      },
    });
    await lineup.start().catch(async (error: unknown) => {
      // Given up here, and told with every backend's own story.
      const failure = new StartFailure(errorData(error), lineup);
      edge.settled();
      // Not this version on this device; offline it may be right the next time.
      if (failure.code === 'self-test-failed') await model.failed().catch(() => undefined);
      throw failure;
    });
    return { model, lineup };
  };

  const tellAnswering = ({ model: { manifest, version }, lineup }: Team): void => {
    const backend = lineup.answering();
    const reports = lineup.reports();
    const lost = lineup.lost();
    // Said at once: whoever comes next need not ask to be told.
    if (lost !== null) return tell({ phase: 'failed', code: lost.code, detail: lost.detail, reports });
    if (backend === null) return;
    const labels = manifest.labels.map(({ name, letter, title }) => ({ name, letter, title }));
    tell({ phase: 'ready', model: manifest.id, version, labels, backend, reports, notes: [...notes, ...why] });
  };

  const serve = (team: Team, reason: unknown, options: StartOptions): void => {
    const before = serving;
    serving = team;
    edge.settled();
    why = reason === null ? [] : [noteOf(team, reason)];
    progress.over();
    settle?.resolve(options);
    tellAnswering(team);
    // What is being read is read to its end by whom it was given to.
    if (before !== null && before !== team) void Promise.allSettled(inHand).then(before.lineup.close);
  };

  const load = async (options: StartOptions): Promise<void> => {
    tell({ phase: 'starting' });
    const { come } = (calm = createCalm());
    const finding = edge.findOpened(options);
    const store = await edge.openStore(options);
    const [files, trimmed] = await Promise.all([
      store.keys('file/'),
      finding.then((opened) => trustTrimmed(store, edge.trimmed, opened, options.fullRuntime === true)),
    ]);
    const modelCached = files.length > 0;
    const plan = startPlan({ preference: options.preference, modelCached });
    const setting: Setting = { plan, trimmed, options, store, modelCached, calm: come };
    headStart(plan, trimmed.likely);
    const { catalogUrl, modelKeys, installId, pin, appBuild: appVersion } = options;
    // Whoever answers in the end; and some notes come late, of a server that was slow to say something wrong.
    const onNote = (note: EngineNote): void => {
      notes.push(note);
      if (serving !== null) tellAnswering(serving);
    };
    const loadOptions = { catalogUrl, modelKeys, installId, pin, appVersion, store, fetch: edge.fetch, onNote };
    const count: OnProgress = ({ file, loadedBytes, totalBytes, from }) => {
      if (from === 'network') progress.count(file, loadedBytes, totalBytes);
    };
    const lastGood = (instead: LoadedModel | null): Promise<LoadedModel | null> =>
      loadLastGood(whole.signal, loadOptions, count, instead);

    await succeed<LoadedModel, Team>({
      kept: async () => {
        const kept = modelCached && pin === null ? await loadKept(whole.signal, loadOptions, count) : null;
        return kept !== null && (await isHere(kept, plan)) ? kept : null;
      },
      calm: () => come,
      choose: () => loadModel(whole.signal, { ...loadOptions, unhurried: serving !== null }, count),
      // Who asks for one version by name, to compare it, must not be shown another.
      lastGood: async (instead) => (pin === null ? lastGood(instead) : null),
      isHere: (model) => isHere(model, plan),
      isSame: (one, other) => one.manifest.id === other.manifest.id && one.version === other.version,
      bring: (model) => bring(model, setting),
      serve: (team, reason) => serve(team, reason, options),
      async replace(failed, error) {
        const instead = isVersionsFault(error) ? await lastGood(failed) : null;
        if (instead === null) throw error;
        return bring(instead, setting);
      },
      patience: () => new Promise((resolve) => setTimeout(resolve, PATIENCE)),
    });
  };

  return {
    countRuntime: progress.count,
    async start(options) {
      try {
        await load(options);
      } catch (error) {
        progress.over();
        const { code, detail } = errorData(error);
        settle?.reject(new EngineError(code, detail));
        const reports = error instanceof StartFailure ? error.lineup.reports() : [];
        tell({ phase: 'failed', code, detail, reports });
        return;
      }
      // What answers answers, whether or not the device can remember that it did.
      await serving?.model.passed().catch(() => undefined);
      if (serving !== null) tellAnswering(serving);
    },
    async classify(signal, input) {
      try {
        const options = await unlessAborted(signal, ready);
        if (serving === null) throw new EngineError('internal', 'ready, and nobody serves');
        const answered = answer(serving.model, serving.lineup, options, input, edge);
        inHand.add(answered);
        const done = await answered.finally(() => inHand.delete(answered));
        calm?.answered();
        return done;
      } finally {
        release(input);
      }
    },
  };
}

/** Whether its first backend would need no network for it. */
async function isHere(model: LoadedModel, { together: [first] }: StartPlan): Promise<boolean> {
  const file = first === undefined ? null : fileFor(model.manifest, first);
  return file !== null && model.isCached(file.name);
}

function noteOf({ model }: Team, reason: unknown): EngineNote {
  const { code, detail } = errorData(reason);
  return { code, message: `Version ${model.version}, the last good one, serves: ${detail}` };
}
