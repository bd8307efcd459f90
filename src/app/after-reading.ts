import type { AppStore } from './store.ts';

/**
 * Does what can wait in a frame of its own, once no answer is being waited for: on two cores, what it loads would take the
 * answer's time. With nothing to be read it is done in the next frame.
 */
export function afterReading(store: AppStore, nextFrame: (callback: () => void) => void, work: () => void): void {
  nextFrame(() => {
    if (store.getState().reading.kind !== 'loading') return work();
    const stop = store.subscribe(({ reading }) => {
      if (reading.kind === 'loading') return;
      stop();
      nextFrame(work);
    });
  });
}
