import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { EngineClient, EngineStatus } from '#inference/answer';
import type { RuntimeName, UpdatesEdge } from './updates-edge.ts';

/** waiting: a newer build is there, and a person is asked. taking: the page is about to load it. */
export type UpdateState = { readonly phase: 'none' | 'waiting' | 'taking' };

/** Of the newer build only: what the app keeps for working offline is brought by it, unasked. */
export type Updates = {
  readonly store: StoreApi<UpdateState>;
  /** Loads the newer build; the drawing goes with it. */
  take(): void;
  /** Asks no more in this visit. The newer build comes when all pages of the app have been closed. */
  later(): void;
  /** The configuration may come late, or say something else. */
  allow(serviceWorker: boolean): void;
};

export type UpdatesParts = {
  readonly edge: UpdatesEdge;
  readonly engine: Pick<EngineClient, 'status' | 'subscribe'>;
  /** config.json: serviceWorker. False retires it on this device. */
  readonly serviceWorker: boolean;
  /** Keeps what is on the sheet for the page that comes next; false where the browser keeps nothing. */
  readonly keepDrawing: () => boolean;
};

/**
 * Makes the app work offline, and brings newer builds. It begins when the engine has all it needs: the first visit is
 * not slowed down by what only the second one needs, and what was downloaded for the first one is taken over.
 */
export function createUpdates({ edge, engine, serviceWorker, keepDrawing }: UpdatesParts): Updates {
  const store = createStore<UpdateState>(() => ({ phase: 'none' }));
  /** What is kept for working offline; null before it began. */
  let kept: Set<RuntimeName> | null = null;
  let refused = false;
  let allowed = serviceWorker;

  const ask = (): void => {
    if (!refused && store.getState().phase === 'none') store.setState({ phase: 'waiting' });
  };

  const later = (): void => {
    refused = true;
    store.setState({ phase: 'none' });
  };

  /** Last of all, and not where data is dear: without it the next visit answers as well, and not as soon. */
  const keepOpened = async (running: readonly RuntimeName[]): Promise<void> => {
    if (allowed && running.includes('trimmed') && !edge.isThrifty()) await edge.keep(['opened']);
  };

  const look = (status: EngineStatus): void => {
    if (!allowed || !isSettled(status)) return;
    const running = runtimesOf(status);
    if (kept === null) {
      kept = new Set(running);
      void edge.begin(running, ask).then(() => keepOpened(running));
      return;
    }
    const more = running.filter((runtime) => !kept?.has(runtime));
    for (const runtime of more) kept.add(runtime);
    if (more.length > 0) void edge.keep(more).then(() => keepOpened(more));
  };

  engine.subscribe(look);
  if (allowed) look(engine.status());
  else void edge.retire();

  return {
    store,
    take() {
      // A letter is worth more than a newer build, which comes anyway when the pages of the app were closed.
      if (!keepDrawing()) return later();
      store.setState({ phase: 'taking' });
      edge.takeOver();
    },
    later,
    allow(serviceWorker) {
      if (serviceWorker === allowed) return;
      allowed = serviceWorker;
      if (allowed) look(engine.status());
      else {
        store.setState({ phase: 'none' });
        void edge.retire();
      }
    },
  };
}

/** Ready, with no backend still on its way; or failed, for a newer build may be what mends it. */
function isSettled(status: EngineStatus): boolean {
  if (status.phase === 'failed') return true;
  return status.phase === 'ready' && status.reports.every(({ state }) => state !== 'loading');
}

function runtimesOf(status: EngineStatus): readonly RuntimeName[] {
  if (status.phase !== 'ready') return [];
  return status.reports
    .filter(({ state }) => state === 'ready' || state === 'answering')
    .map(({ backend, runtime }) => (runtime === 'trimmed' ? runtime : backend));
}
