import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { EngineStatus, ModelLabel } from '#inference/answer';
import type { AppConfig, ReadConfig } from './config.ts';
import { emptyDrawing } from './drawing.ts';
import type { Drawing } from './drawing.ts';
import type { Language } from './language.ts';
import type { Preferences } from './preferences.ts';
import type { Reading } from './reading.ts';

export type Tool = 'pen' | 'eraser';

/** What the page shows, as one value. Only the use cases in this room write it. */
export type AppState = {
  readonly drawing: Drawing;
  readonly tool: Tool;
  /** Whether a stroke is being written right now; its points are not in here until it is finished. */
  readonly penDown: boolean;
  /** Where the drawing stands on its way to a letter. */
  readonly reading: Reading;
  readonly engine: EngineStatus;
  /** What the newest model that was ready tells apart; none before the first, and kept while the engine starts anew. */
  readonly labels: readonly ModelLabel[];
  readonly language: Language;
  readonly preferences: Preferences;
  /** As it is set where the app is served; it may come a moment after the start. */
  readonly config: AppConfig;
  /** What is wrong with it, a sentence each. */
  readonly configProblems: readonly string[];
  /** A picture was shared into the app and could not be handed over. */
  readonly shareFailed: boolean;
};

export type AppStore = StoreApi<AppState>;

export function createAppStore(
  engine: EngineStatus,
  language: Language,
  preferences: Preferences,
  { config, problems }: ReadConfig,
): AppStore {
  return createStore<AppState>(() => ({
    drawing: emptyDrawing,
    tool: 'pen',
    penDown: false,
    reading: { kind: 'idle' },
    engine,
    labels: engine.phase === 'ready' ? engine.labels : [],
    language,
    preferences,
    config,
    configProblems: problems,
    shareFailed: false,
  }));
}
