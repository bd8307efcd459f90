import type { ModelInput } from '#glyph/tensor';
import type { Backend, BackendReport, EngineErrorCode } from './answer.ts';
import type { ModelOutput, Session } from './backends/backend.ts';
import { chooseBackend } from './choice.ts';
import type { StartPlan } from './choice.ts';
import { EngineError, errorData } from './engine-error.ts';
import type { ErrorData } from './engine-error.ts';
import type { Proof } from './proof.ts';
import type { SelfTest } from './self-test.ts';

/** How one backend comes to life. onLost: it died on its own, between two runs. */
export type Opener = (onLost: (error: EngineError) => void) => Promise<Session>;

export type LineupOptions = {
  readonly plan: StartPlan;
  readonly preference: Backend | null;
  readonly openers: Readonly<Record<Backend, Opener>>;
  /** Throws where the backend cannot even be asked; never judges. */
  readonly test: (session: Session) => Promise<Proof>;
  /** After every change of a report. */
  readonly onChange: () => void;
};

export interface Lineup {
  /** Starts the plan. Resolves with the first backend that may answer; rejects with EngineError when none may. */
  start(): Promise<Backend>;
  /** Runs on the backend that answers now; where it fails, on the next, with the same input. */
  run(input: ModelInput): Promise<{ readonly output: ModelOutput; readonly backend: Backend }>;
  /** Ends every session, also those that are still to come. Nothing may be run afterwards. */
  readonly close: () => void;
  readonly answering: () => Backend | null;
  /** Why nobody will ever answer again; null while somebody does, or may still come. */
  readonly lost: () => EngineError | null;
  readonly reports: () => readonly BackendReport[];
}

const UNAVAILABLE: readonly EngineErrorCode[] = ['wasm-blocked', 'webgl-unavailable', 'webgpu-unavailable'];
const ALL: readonly Backend[] = ['wasm', 'webgl', 'webgpu'];

/** The backends of this device: each is opened at most once, tested before it may answer, and left for good when it fails. */
export function createLineup({ plan, preference, openers, test, onChange }: LineupOptions): Lineup {
  const reports = new Map<Backend, BackendReport>(ALL.map((backend) => [backend, untried(backend)]));
  const sessions = new Map<Backend, Session>();
  const trials = new Map<Backend, Promise<boolean>>();
  let answering: Backend | null = null;
  let closed = false;

  const list = (): BackendReport[] => [...reports.values()];
  const report = (backend: Backend, change: Partial<BackendReport>): void => {
    reports.set(backend, { ...(reports.get(backend) ?? untried(backend)), ...change });
  };

  /** Lets the best of those that passed answer. The one that answered before stands by, should this one fail. */
  const elect = (): void => {
    const elected = chooseBackend(list(), preference);
    if (elected !== answering) {
      const retired = answering;
      answering = elected;
      if (elected !== null) report(elected, { state: 'answering' });
      if (retired !== null && reports.get(retired)?.state === 'answering') report(retired, { state: 'ready' });
    }
    onChange();
  };

  /** A run may have ended on another runtime than it began on. */
  const tellRuntime = (backend: Backend, session: Session): void => {
    if (session.runtime?.() === reports.get(backend)?.runtime) return;
    report(backend, runtimeOf(session));
    onChange();
  };

  const fail = (backend: Backend, { code, detail }: ErrorData): void => {
    const session = sessions.get(backend);
    sessions.delete(backend);
    report(backend, { state: UNAVAILABLE.includes(code) ? 'unavailable' : 'failed', reason: code, detail });
    // What is broken may well fail to clean up behind itself; its report already says that it is broken.
    session?.dispose().catch(() => undefined);
    elect();
  };

  const end = (): void => {
    // Nobody is left to whom it would matter that one of them does not go quietly.
    for (const session of sessions.values()) session.dispose().catch(() => undefined);
    sessions.clear();
  };

  const judge = (backend: Backend, session: Session, { passed, largestError, medianMs, failure }: SelfTest): void => {
    report(backend, { largestError, selfTestMs: medianMs, ...runtimeOf(session) });
    if (!passed) throw new EngineError('self-test-failed', failure ?? 'a golden came out wrong');
  };

  /** It answers on the word of an earlier visit; where it fails now, those in reserve are woken before anyone asks. */
  const doubt = async (backend: Backend, session: Session, again: Promise<SelfTest>): Promise<void> => {
    try {
      const test = await again;
      if (sessions.get(backend) === session) judge(backend, session, test);
    } catch (error) {
      if (sessions.get(backend) !== session) return;
      fail(backend, errorData(error));
      await nextOne();
    }
  };

  const attempt = async (backend: Backend): Promise<boolean> => {
    report(backend, { state: 'loading' });
    onChange();
    try {
      const session = await openers[backend]((error) => fail(backend, error));
      sessions.set(backend, session);
      if (closed) {
        end();
        return false;
      }
      const proof = await test(session);
      judge(backend, session, proof);
      // It may have been lost while it was tested.
      if (!sessions.has(backend)) return false;
      report(backend, { state: 'ready' });
      elect();
      if (proof.again !== undefined) void doubt(backend, session, proof.again());
      return true;
    } catch (error) {
      fail(backend, errorData(error));
      return false;
    }
  };

  /** Memoised: whoever fails is not asked again on this device, until the person retries with a fresh worker. */
  const tryOut = (backend: Backend): Promise<boolean> => {
    const trial = trials.get(backend) ?? attempt(backend);
    trials.set(backend, trial);
    return trial;
  };

  /** Waits for what is under way, then wakes those in reserve; null when nobody is left. */
  const nextOne = async (): Promise<Backend | null> => {
    if (answering !== null) return answering;
    await anyOf([...trials.values()]);
    for (const backend of plan.inReserve) {
      if (answering !== null) return answering;
      await tryOut(backend);
    }
    return answering;
  };

  const nobody = (): EngineError => {
    const { code, detail } = failureOf(list());
    return new EngineError(code, detail);
  };

  return {
    async start() {
      await anyOf(plan.together.map(tryOut));
      const backend = await nextOne();
      if (backend === null) throw nobody();
      return backend;
    },
    async run(input) {
      for (;;) {
        const backend = await nextOne();
        const session = backend === null ? undefined : sessions.get(backend);
        if (backend === null || session === undefined) throw nobody();
        try {
          const output = await session.run(input);
          tellRuntime(backend, session);
          return { output, backend };
        } catch (error) {
          if (sessions.get(backend) === session) fail(backend, errorData(error));
        }
      }
    },
    close() {
      closed = true;
      end();
    },
    answering: () => answering,
    lost() {
      const tried = [...plan.together, ...plan.inReserve].map((backend) => reports.get(backend)?.state);
      return tried.every((state) => state === 'failed' || state === 'unavailable') ? nobody() : null;
    },
    reports: list,
  };
}

const runtimeOf = ({ runtime }: Session): Pick<BackendReport, 'runtime'> =>
  runtime === undefined ? {} : { runtime: runtime() };

const untried = (backend: Backend): BackendReport => ({
  backend,
  state: 'untried',
  reason: null,
  detail: null,
  selfTestMs: null,
  largestError: null,
});

/** Resolves once one of them resolves with true, or all are through. None of them rejects. */
function anyOf(trials: readonly Promise<boolean>[]): Promise<void> {
  return new Promise((resolve) => {
    for (const trial of trials) void trial.then((passed) => passed && resolve());
    void Promise.all(trials).then(() => resolve());
  });
}

/** What a person can act on comes before "no backend": a network that is away, a file that came broken. */
const TELLING: readonly EngineErrorCode[] = [
  'offline',
  'file-missing',
  'hash-mismatch',
  'manifest-invalid',
  'model-unsafe',
  'quota-exceeded',
  'out-of-memory',
  'self-test-failed',
];

/** One code for all that failed, with every backend's own words. */
export function failureOf(reports: readonly BackendReport[]): ErrorData {
  const failed = reports.filter((report) => report.reason !== null);
  const code = TELLING.find((one) => failed.some((report) => report.reason === one)) ?? 'no-backend';
  const detail = failed.map((report) => `${report.backend}: ${report.reason} (${report.detail ?? ''})`).join('; ');
  return { code, detail: detail === '' ? 'no backend was tried' : detail };
}
