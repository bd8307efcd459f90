import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { AdaptationStore, AdaptationWish, LearntSample } from '#feedback/adaptation-store';
import type { FeedbackHead, Outbox } from '#feedback/outbox';
import { createLearner, SAMPLES_OF_A_LETTER } from '#insight/adaptation-learner';
import type { AdaptationReport, Learner } from '#insight/adaptation-learner';
import { lookOf } from '#insight/adaptation';
import type { KnownHands } from '#insight/known-hands';
import type { EngineClient, EngineStatus } from '#inference/answer';
import { adaptedAnswer, probabilitiesOf } from './adaptation-answer.ts';
import { breathe } from './breath.ts';

export type AdaptationState = {
  readonly on: boolean;
  /** Verified letters are being read anew, by a new model or for the first time. */
  readonly working: boolean;
  /** null while it is off, or before it was first worked out. */
  readonly report: AdaptationReport | null;
  /** Nothing could be kept or read; the model answers alone until it is turned on again. */
  readonly failed: boolean;
};

export type Adaptation = {
  readonly store: StoreApi<AdaptationState>;
  /** The engine, with what was learnt in its answers while that is on. */
  readonly engine: EngineClient;
  /** Goes on with what was chosen on an earlier visit. Never rejects. */
  begin(): Promise<void>;
  turn(on: boolean): Promise<void>;
  /** Deletes what was learnt; records made up to now are not learnt from again. They themselves stay. */
  forget(): Promise<void>;
};

export type RecordSource = Pick<Outbox, 'ids' | 'heads' | 'subscribe'>;
export type AdaptationParts = {
  readonly engine: EngineClient;
  readonly openStore: () => Promise<AdaptationStore>;
  /** The outbox; opened only while adaptation is on. */
  readonly openRecords: () => Promise<RecordSource>;
  /** What is known of all hands: 35 kB that only who has it learn needs. */
  readonly loadHands: () => Promise<KnownHands>;
  readonly now: () => Date;
};

/** More than is kept in mind of 27 letters, and few enough to read through at every start. */
const RECORDS_LOOKED_AT = 1000;

/** So many are learnt in one task: each is compared with up to 540 others, half a second for all of them on a desk. */
const LETTERS_AT_A_STRETCH = 8;

type Ready = Extract<EngineStatus, { readonly phase: 'ready' }>;

/** Learns from the records that are kept, and lends what it learnt to the engine. */
export function createAdaptation({ engine, openStore, openRecords, loadHands, now }: AdaptationParts): Adaptation {
  const store = createStore<AdaptationState>(() => ({ on: false, working: false, report: null, failed: false }));
  let opened: Promise<AdaptationStore> | null = null;
  let wish: AdaptationWish = { on: false, since: '' };
  let learner: Learner | null = null;
  /** What the learner was taught, in order: it is taught anew where that is no beginning of what is known now. */
  let taught: readonly string[] = [];
  let labels: readonly string[] = [];
  let follows = false;
  let round: Promise<void> = Promise.resolve();
  let queued = false;
  let work = new AbortController();

  const kept = (): Promise<AdaptationStore> => {
    opened ??= openStore().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };

  const quiet = async (attempt: () => Promise<void>): Promise<void> => {
    try {
      await attempt();
    } catch {
      // Storage or records are not to be had. The model answers alone, and the screen says so.
      if (work.signal.aborted) return;
      learner = null;
      store.setState({ failed: true, working: false, report: null });
    }
  };

  /** One round at a time; what changes meanwhile makes one more. */
  const look = (): Promise<void> => {
    if (queued || !wish.on) return round;
    queued = true;
    const { signal } = work;
    round = round.then(() => {
      queued = false;
      return signal.aborted ? undefined : quiet(() => lookThrough(signal));
    });
    return round;
  };

  async function lookThrough(signal: AbortSignal): Promise<void> {
    const status = engine.status();
    if (status.phase !== 'ready') return;
    const records = await openRecords();
    if (!follows) {
      follows = true;
      records.subscribe(() => void look());
    }
    const [storage, hands] = await Promise.all([kept(), loadHands()]);
    const model = `${status.model}@${status.version}`;
    const wanted = await verifiedHeads(records, status);
    const known = new Map((await storage.samples(model)).map((sample) => [sample.id, sample]));
    const missing = wanted.filter(({ id, revision }) => known.get(id)?.revision !== revision);
    const wantedIds = new Set(wanted.map(({ id }) => id));
    const gone = [...known.keys()].filter((id) => !wantedIds.has(id));
    if (missing.length > 0) store.setState({ working: true });
    const fresh: LearntSample[] = [];
    for (const head of missing) {
      const sample = await readAnew(signal, head, status);
      if (sample !== null) fresh.push(sample);
    }
    if (signal.aborted) return;
    await storage.change(model, fresh, gone);
    for (const id of gone) known.delete(id);
    for (const sample of fresh) known.set(sample.id, sample);
    await teach(
      signal,
      [...known.values()].toSorted((a, b) => compare(a.time, b.time) || compare(a.id, b.id)),
      status,
      hands,
    );
  }

  /** The newest of each letter that the person named, and that this model knows. */
  async function verifiedHeads(records: RecordSource, status: Ready): Promise<FeedbackHead[]> {
    const every = { label: null, verdict: null, model: null, state: null, source: null };
    const ids = (await records.ids(every, 'newest')).slice(0, RECORDS_LOOKED_AT);
    const counts = new Map<string, number>(status.labels.map(({ name }) => [name, 0]));
    return (await records.heads(ids)).filter(({ label, seen, time }) => {
      const count = label === null ? undefined : counts.get(label);
      if (label === null || count === undefined || seen === null || time <= wish.since) return false;
      counts.set(label, count + 1);
      return count < SAMPLES_OF_A_LETTER;
    });
  }

  async function readAnew(signal: AbortSignal, head: FeedbackHead, status: Ready): Promise<LearntSample | null> {
    const { id, revision, time, label, seen } = head;
    if (seen === null || label === null) return null;
    const { raster, cue } = seen;
    const answer = await engine.classify(signal, { kind: 'raster', raster, cue }, { concurrent: true });
    if (answer.embedding === null || answer.receipt.version !== status.version) return null;
    const names = status.labels.map(({ name }) => name);
    const { embedding, shape, pen } = lookOf(answer.embedding, raster, cue);
    const probabilities = probabilitiesOf(answer.prediction, names);
    const model = `${status.model}@${status.version}`;
    return { model, id, revision, time, label, embedding, shape, cue: Float32Array.from(cue), pen, probabilities };
  }

  async function teach(
    signal: AbortSignal,
    samples: readonly LearntSample[],
    status: Ready,
    hands: KnownHands,
  ): Promise<void> {
    const names = status.labels.map(({ name }) => name);
    const keys = samples.map(({ model, id, revision }) => `${model} ${id} ${revision}`);
    const goesOn = learner !== null && taught.every((key, i) => key === keys[i]);
    const from = goesOn ? taught.length : 0;
    const pupil = goesOn && learner !== null ? learner : createLearner(names, hands);
    for (let next = from; next < samples.length; next += LETTERS_AT_A_STRETCH) {
      for (const { label, probabilities, ...sample } of samples.slice(next, next + LETTERS_AT_A_STRETCH)) {
        pupil.learn({ label: names.indexOf(label), look: sample, model: probabilities });
      }
      await breathe();
      if (signal.aborted) return;
    }
    labels = names;
    learner = pupil;
    taught = keys;
    store.setState({ report: pupil.report(), working: false, failed: false });
  }

  /** Ends what runs, so that nothing that was asked for before comes after it. */
  function stop(): void {
    work.abort();
    work = new AbortController();
    learner = null;
    taught = [];
  }

  async function decide(next: AdaptationWish, forgetting: boolean): Promise<void> {
    stop();
    await round;
    await quiet(async () => {
      await (await kept()).decide(next, forgetting);
      wish = next;
      store.setState({ on: wish.on, working: false, report: null, failed: false });
    });
    await look();
  }

  engine.subscribe((status) => {
    if (status.phase === 'ready') void look();
  });

  return {
    store,
    engine: {
      ...engine,
      async classify(signal, input, options) {
        const answer = await engine.classify(signal, input, options);
        return learner === null ? answer : adaptedAnswer(answer, labels, learner);
      },
    },
    async begin() {
      try {
        wish = await (await kept()).wish();
      } catch {
        // Nothing was kept here, so nothing was chosen. Whoever turns it on is told.
        return;
      }
      store.setState({ on: wish.on });
      await look();
    },
    turn: (on) => decide({ ...wish, on }, false),
    forget: () => decide({ ...wish, since: now().toISOString() }, true),
  };
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));
