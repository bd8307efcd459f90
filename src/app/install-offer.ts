import { createStore } from 'zustand/vanilla';
import type { StoreApi } from 'zustand/vanilla';
import type { InstallEdge } from './install-edge.ts';
import type { AppStore } from './store.ts';

/** button: the browser can install the app when asked. by-hand: only the person can, in the browser's own menu (iOS). */
export type InstallOffer = { readonly kind: 'none' | 'button' | 'by-hand' };

export type Installing = {
  readonly store: StoreApi<InstallOffer>;
  /** Has the browser ask. However that ends, the offer is over. */
  accept(): Promise<void>;
  /** Not now, and not again by itself. */
  dismiss(): void;
};

/** Who has had so many answers knows what it is that is offered. */
const ANSWERS = 3;

/** Offers to install the app once in the life of this device, after the third answer, and never while the pen is down. */
export function createInstallOffer(edge: InstallEdge, app: AppStore): Installing {
  const store = createStore<InstallOffer>(() => ({ kind: 'none' }));
  let { answers, offered } = edge.memory();
  let last = 0;

  const offer = (): void => {
    if (offered || answers < ANSWERS || !app.getState().config.features.install) return;
    const kind = edge.way();
    if (kind === 'none') return;
    offered = true;
    edge.remember({ answers, offered });
    store.setState({ kind });
  };

  app.subscribe(({ reading, penDown }) => {
    // Answers to a letter that is still being written come many a second.
    if (offered || penDown || reading.kind !== 'answered' || reading.request === last) return;
    last = reading.request;
    if (reading.answer.prediction.kind !== 'letter') return;
    answers = Math.min(answers + 1, ANSWERS);
    edge.remember({ answers, offered });
    offer();
  });
  // The browser may find out late that it could.
  edge.onChange((installed) => {
    if (installed) store.setState({ kind: 'none' });
    else if (!app.getState().penDown) offer();
  });

  return {
    store,
    async accept() {
      store.setState({ kind: 'none' });
      await edge.ask();
    },
    dismiss: () => store.setState({ kind: 'none' }),
  };
}
