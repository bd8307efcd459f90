import type { EngineClient } from '#inference/answer';
import type { Ink } from '#glyph/ink';
import type { AdaptationStore } from '#feedback/adaptation-store';
import type { SyncTarget } from '#feedback/sync-contract';
import { createAdaptation } from './adaptation.ts';
import type { Adaptation } from './adaptation.ts';
import type { ReadConfig } from './config.ts';
import { afterReading } from './after-reading.ts';
import { emptyDrawing } from './drawing.ts';
import { createFeedback } from './create-feedback.ts';
import type { Feedback } from './create-feedback.ts';
import { createDrawingActions } from './drawing-actions.ts';
import type { DrawingActions } from './drawing-actions.ts';
import type { FeedbackHouse } from './feedback-room.ts';
import type { InstallEdge } from './install-edge.ts';
import { createInstallOffer } from './install-offer.ts';
import type { Installing } from './install-offer.ts';
import type { Language } from './language.ts';
import { createLiveReader } from './live-reader.ts';
import { createPen } from './pen.ts';
import type { Pen } from './pen.ts';
import { createPreferenceActions } from './preference-actions.ts';
import type { PreferenceActions } from './preference-actions.ts';
import type { PreferencesStorage } from './preferences-edge.ts';
import { inkInPixels, lineInPixels } from './sheet.ts';
import { createAppStore } from './store.ts';
import type { AppStore } from './store.ts';
import type { UpdatesEdge } from './updates-edge.ts';
import { createUpdates } from './updates.ts';
import type { Updates } from './updates.ts';

/** What the rooms below lend the page. */
export type AppParts = {
  readonly engine: EngineClient;
  readonly storage: PreferencesStorage;
  readonly language: Language;
  /** Calls back before the next paint; live reading needs no more than one answer a frame. */
  readonly nextFrame: (callback: () => void) => void;
  readonly config: ReadConfig;
  readonly updates: UpdatesEdge;
  readonly install: InstallEdge;
  readonly ink: InkKeeper;
  /** Brings the code that keeps and sends records, for the target that config.json names at that moment. */
  readonly feedback: (sync: () => SyncTarget | null) => Promise<FeedbackHouse>;
  /** Opens what was learnt of the person's hand. */
  readonly adaptation: () => Promise<AdaptationStore>;
};

/** Carries the ink over to the page that comes next, when a newer build is loaded. */
export type InkKeeper = { readonly keep: (ink: Ink) => boolean; readonly kept: () => Ink };

export type App = {
  readonly store: AppStore;
  readonly engine: EngineClient;
  readonly pen: Pen;
  readonly drawing: DrawingActions;
  readonly preferences: PreferenceActions;
  /** The number of the next answer: one row of numbers for all screens (data-request). */
  readonly nextRequest: () => number;
  /** After a failure: starts the engine anew, and reads the sheet when it is there. */
  readonly retry: () => void;
  readonly feedback: Feedback;
  readonly adaptation: Adaptation;
  readonly updates: Updates;
  readonly installing: Installing;
  /** What the server said of the configuration after the start. */
  readonly configure: (read: ReadConfig) => void;
};

export function createApp(parts: AppParts): App {
  const { storage, language, nextFrame, config, updates, install, ink } = parts;
  const adaptation = createAdaptation({
    engine: parts.engine,
    openStore: parts.adaptation,
    openRecords: async () => (await feedback.room()).outbox,
    loadHands: async () => (await import('#insight/known-hands')).knownHands(),
    now: () => new Date(),
  });
  const { engine } = adaptation;
  const store = createAppStore(engine.status(), language, storage.load(), config);
  store.setState({ drawing: { ...emptyDrawing, ink: ink.kept() } });
  let requests = 0;
  const nextRequest = (): number => ++requests;
  const pen = createPen();

  const reader = createLiveReader({
    engine,
    nextFrame,
    nextRequest,
    reading: () => store.getState().reading,
    show: (reading) => store.setState({ reading }),
    input: () => {
      const { ink } = store.getState().drawing;
      const written = pen.stroke.length > 0 ? [...ink, pen.stroke] : ink;
      if (written.length === 0) return null;
      const side = pen.sheetSide;
      return { kind: 'ink', ink: inkInPixels(written, side), line: lineInPixels(side) };
    },
  });

  engine.subscribe((status) => {
    store.setState(status.phase === 'ready' ? { engine: status, labels: status.labels } : { engine: status });
    reader.engineChanged(status);
  });
  reader.engineChanged(engine.status());
  // The ink that the page before kept is owed its answer.
  if (store.getState().drawing.ink.length > 0) reader.read();

  const newer = createUpdates({
    edge: updates,
    engine,
    serviceWorker: config.config.serviceWorker,
    keepDrawing: () => ink.keep(store.getState().drawing.ink),
  });

  const drawing = createDrawingActions(store, pen, reader);
  const preferences = createPreferenceActions(store, storage);
  const feedback = createFeedback({
    app: store,
    preferences,
    drawing,
    pen,
    load: () => parts.feedback(() => store.getState().config.sync),
  });
  // What waits from earlier visits leaves once there is nothing more urgent: loading the engine, then ink that waits for it.
  const stop = engine.subscribe((status) => {
    if (status.phase !== 'ready') return;
    stop();
    afterReading(store, nextFrame, () => {
      feedback.begin();
      void adaptation.begin();
    });
  });

  return {
    store,
    engine,
    pen,
    drawing,
    preferences,
    feedback,
    adaptation,
    nextRequest,
    retry() {
      if (engine.status().phase === 'ready') reader.read();
      else engine.retry();
    },
    updates: newer,
    installing: createInstallOffer(install, store),
    configure({ config, problems }) {
      store.setState({ config, configProblems: problems });
      newer.allow(config.serviceWorker);
    },
  };
}
